package dev.latchkey.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells whether a caller has written a path in its normal form: without empty or dot segments, and
 * without encoded separators (RFC 3986 section 6.2.2). Containers map what they have normalized,
 * but Spring MVC and JAX-RS match the URI as it was written: with {@code /orders/../open/1} the one
 * finds another target than the other. So what rests on a path being harmless asks for this, too.
 */
final class NormalPath {
  private NormalPath() {}

  /** Returns whether it is; what the application includes or forwards to is its own words. */
  static boolean isIn(HttpServletRequest request) {
    return request.getDispatcherType() != DispatcherType.REQUEST
        || isNormal(request.getRequestURI());
  }

  /** Returns whether a path is in its normal form. Path parameters do not count. */
  static boolean isNormal(String path) {
    int length = path.length();
    for (int start = 0; start < length; ) {
      int end = endOfSegment(path, start + 1);
      if (!isNormalSegment(path, start + 1, end)) {
        return false;
      }
      start = end;
    }
    return true;
  }

  private static int endOfSegment(String path, int from) {
    int end = path.indexOf('/', from);
    return end < 0 ? path.length() : end;
  }

  private static boolean isNormalSegment(String path, int from, int end) {
    int dots = 0;
    int others = 0;
    for (int i = from; i < end && path.charAt(i) != ';'; i++) {
      char c = path.charAt(i);
      if (c == '%' && path.startsWith("2", i + 1) && i + 2 < end) {
        c = decoded(path.charAt(i + 2));
        i += 2;
      } else if (c == '%' && path.regionMatches(true, i + 1, "5c", 0, 2)) {
        return false;
      }
      if (c == '\\' || c == '/') {
        return false;
      }
      if (c == '.') {
        dots++;
      } else {
        others++;
      }
    }
    boolean isLast = end == path.length();
    return others > 0 || dots > 2 || (dots == 0 && isLast);
  }

  /** Returns a separator or a dot for the second digit of {@code %2e} and the like. */
  private static char decoded(char digit) {
    return switch (digit) {
      case 'e', 'E' -> '.';
      case 'f', 'F' -> '/';
      default -> digit;
    };
  }
}
