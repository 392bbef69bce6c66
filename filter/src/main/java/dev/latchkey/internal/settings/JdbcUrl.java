package dev.latchkey.internal.settings;

/** JDBC URLs as they may be shown. */
public final class JdbcUrl {
  private JdbcUrl() {}

  /** Returns a URL without its parameters and its account, where passwords may hide. */
  public static String withoutSecrets(String url) {
    return url.replaceFirst("(?s)[?;].*", "")
        .replaceFirst("(?s)//.*@", "//")
        // What looks like a port and is none is a password that was cut above.
        .replaceFirst("(?s)(//[^/:\\[]*):(?!\\d).*", "$1");
  }
}
