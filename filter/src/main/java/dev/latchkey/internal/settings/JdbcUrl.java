package dev.latchkey.internal.settings;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** JDBC URLs as they may be shown. */
public final class JdbcUrl {
  private static final Pattern ACCOUNT = Pattern.compile("(?s)//[^:@]*:(.*)@");
  private static final Pattern HOST_WITH_ACCOUNT = Pattern.compile("jdbc:[^/]*//[^/?]*@");
  private static final Pattern PARAMETER =
      Pattern.compile("(?is)[?;&][^=;&]*(?:passw|pwd|secret)[^=;&]*=([^;&]*)");
  private static final int SHORTEST_FOUND = 4; // a shorter one is in any text

  private JdbcUrl() {}

  /** Returns a URL without its parameters and its account, where passwords may hide. */
  public static String withoutSecrets(String url) {
    return url.replaceFirst("(?s)[?;].*", "")
        .replaceFirst("(?s)//.*@", "//")
        // What looks like a port and is none is a password that was cut above.
        .replaceFirst("(?s)(//[^/:\\[]*):(?!\\d).*", "$1");
  }

  /** Returns whether an account stands before the host, as in {@code //app:secret@host/shop}. */
  public static boolean hasAccount(String url) {
    return HOST_WITH_ACCOUNT.matcher(url).lookingAt();
  }

  /** Returns whether a text gives a URL away, or a password in it, as some drivers' texts do. */
  public static boolean isGivenAway(String url, String text) {
    return text.contains(url)
        || Stream.of(ACCOUNT, PARAMETER)
            .flatMap(pattern -> pattern.matcher(url).results())
            .map(found -> found.group(1))
            .anyMatch(secret -> secret.length() >= SHORTEST_FOUND && text.contains(secret));
  }
}
