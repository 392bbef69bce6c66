package dev.latchkey.servlet;

import dev.latchkey.FilterSettings;
import dev.latchkey.servlet.Credential.Absent;
import dev.latchkey.servlet.Credential.Malformed;
import dev.latchkey.servlet.Credential.Presented;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential in a request's headers: RFC 6750 section 2.1, RFC 7617 section 2, RFC 9110
 * section 11.6.2.
 */
final class CredentialReader {
  private static final String AUTHORIZATION = "Authorization";
  private static final String BEARER = "Bearer";
  private static final String BASIC = "Basic";

  /** RFC 6750 section 2.1, {@code b64token}. A table, since floods are looked at by it. */
  private static final boolean[] B64_TOKEN = alphanumericAnd("-._~+/");

  /** RFC 9110 section 5.6.2, {@code tchar}. */
  private static final boolean[] TOKEN = alphanumericAnd("!#$%&'*+-.^_`|~");

  private static final Credential ABSENT = new Absent();
  private static final Credential TWO_KEYS = new Malformed("Send one key, in one header.");
  private static final Credential NO_TOKEN =
      new Malformed("The key is missing. Send it as: Authorization: Bearer <key>.");

  private static final Credential NO_PASSWORD =
      new Malformed(
          "The credentials are not base64 of user:key. Send them as: Authorization: Basic <base64>.");

  private final String keyHeader;
  private final boolean acceptBareKey;
  private final boolean acceptBasic;

  CredentialReader(FilterSettings settings) {
    keyHeader = settings.keyHeader();
    acceptBareKey = settings.acceptBareKey();
    acceptBasic = settings.acceptBasic();
  }

  Credential read(HttpServletRequest request) {
    Credential authorization = header(request, AUTHORIZATION);
    // Hardly ever there: asked for in the cheaper way first.
    Credential own = request.getHeader(keyHeader) == null ? ABSENT : header(request, keyHeader);
    if (authorization instanceof Malformed || own instanceof Absent) {
      return authorization;
    }
    if (own instanceof Presented && authorization instanceof Presented) {
      return TWO_KEYS;
    }
    return own;
  }

  private Credential header(HttpServletRequest request, String name) {
    // Null where the container keeps headers to itself.
    @Nullable Enumeration<String> values = request.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return ABSENT;
    }
    String value = values.nextElement();
    if (values.hasMoreElements()) {
      return new Malformed("Send the header " + name + " once.");
    }
    return name.equals(AUTHORIZATION) ? authorization(value) : token(value, 0);
  }

  private Credential authorization(String value) {
    if (hasScheme(BEARER, value)) {
      return token(value, afterScheme(BEARER, value));
    }
    if (acceptBasic && hasScheme(BASIC, value)) {
      return password(value.substring(afterScheme(BASIC, value)));
    }
    boolean bare = acceptBareKey && !value.isEmpty() && value.indexOf(' ') < 0;
    return bare ? token(value, 0) : ABSENT;
  }

  /** Returns whether a value has a scheme, in any case, and no longer word that begins so. */
  private static boolean hasScheme(String scheme, String value) {
    int length = scheme.length();
    return value.regionMatches(true, 0, scheme, 0, length)
        && (value.length() == length || !isOneOf(TOKEN, value.charAt(length)));
  }

  private static int afterScheme(String scheme, String value) {
    int start = scheme.length();
    while (start < value.length() && value.charAt(start) == ' ') {
      start++;
    }
    return start;
  }

  /** Reads the password: all after the first colon. A user name cannot hold one (RFC 7617). */
  private static Credential password(String base64) {
    byte[] userPass;
    try {
      userPass = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return NO_PASSWORD;
    }
    // A key is ASCII, so the charset matters for other passwords and user names only.
    String text = new String(userPass, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':');
    return colon < 0 ? NO_PASSWORD : new Presented(text, colon + 1, true);
  }

  private static Credential token(String text, int start) {
    return start == text.length() ? NO_TOKEN : new Presented(text, start, false);
  }

  /**
   * Returns whether it is at least a {@code b64token} of RFC 6750 section 2.1. If not, it cannot be
   * meant. Only what turned out to be no key need be looked at so closely.
   */
  static boolean isB64Token(String text, int start) {
    int end = text.length();
    while (end > start + 1 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = start; i < end; i++) {
      if (!isOneOf(B64_TOKEN, text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOneOf(boolean[] belongs, char c) {
    return c < belongs.length && belongs[c];
  }

  /** Which characters are alphanumeric, or one of some others. */
  private static boolean[] alphanumericAnd(String others) {
    boolean[] belongs = new boolean[128];
    for (char c = 0; c < belongs.length; c++) {
      belongs[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || others.indexOf(c) >= 0;
    }
    return belongs;
  }
}
