package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where the servlet is mounted, as a URI has it. */
final class Mount {
  /**
   * What no path holds as it is (RFC 3986), and the semicolon, which containers take for the begin
   * of a parameter. A percent sign may stand before two hexadecimal digits.
   */
  private static final Pattern NOT_PLAIN =
      Pattern.compile("%(?![0-9A-Fa-f]{2})|[^%A-Za-z0-9._~!$&'()*+,=:@/-]");

  private Mount() {}

  /**
   * Returns the path of the application. Most containers tell it as it was sent; some decode it.
   */
  static String context(HttpServletRequest request) {
    return encoded(request.getContextPath());
  }

  /** Returns the path of the servlet below that, which all containers decode. */
  static String path(HttpServletRequest request) {
    return context(request) + encoded(request.getServletPath().replace("%", "%25"));
  }

  private static String encoded(String path) {
    return NOT_PLAIN.matcher(path).replaceAll(match -> octets(match.group()));
  }

  private static String octets(String text) {
    StringBuilder octets = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      octets.append("%%%02X".formatted(octet));
    }
    return octets.toString();
  }
}
