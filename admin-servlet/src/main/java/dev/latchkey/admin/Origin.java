package dev.latchkey.admin;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page comes from, as RFC 6454 writes it: {@code scheme://host[:port]}.
 *
 * @param authority with a port, unless the scheme is one that has none by default
 */
record Origin(String scheme, Authority authority) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*[^:])");

  /** Returns empty if the text is no such origin, as the opaque {@code null} is not. */
  static Optional<Origin> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    return Authority.parse(form.group(2))
        .map(
            authority ->
                authority.port() == Authority.UNSAID
                    ? new Authority(authority.host(), defaultPort(scheme))
                    : authority)
        .map(authority -> new Origin(scheme, authority));
  }

  static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      default -> Authority.UNSAID;
    };
  }

  boolean isHttps() {
    return scheme.equals("https");
  }

  boolean isHttp() {
    return scheme.equals("http");
  }

  /** Tells whether a request to a place is one to this origin, as far as the place says. */
  boolean isAt(Authority place) {
    int port = place.port() == Authority.UNSAID ? defaultPort(scheme) : place.port();
    return authority.host().equals(place.host()) && authority.port() == port;
  }
}
