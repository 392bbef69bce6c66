package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;

/** Compares entity tags as {@code If-None-Match} does: RFC 9110, section 13.1.2. */
final class EntityTags {
  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*+\")");

  private EntityTags() {}

  /** Returns whether a request names a tag. A proxy may have made it a weak one. */
  static boolean match(HttpServletRequest request, String tag) {
    String named = String.join(",", Collections.list(request.getHeaders("If-None-Match")));
    return named.strip().equals("*")
        || TAG.matcher(named).results().anyMatch(one -> one.group(1).equals(tag));
  }
}
