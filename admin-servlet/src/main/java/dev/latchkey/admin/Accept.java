package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a request says that it accepts: RFC 9110 section 12.5, as far as it matters here.
 *
 * @param names what it names, without what it refuses by {@code q=0}; in lower case
 */
record Accept(List<String> names) {

  static Accept of(HttpServletRequest request, String header) {
    String value = request.getHeader(header);
    return new Accept(
        Arrays.stream((value == null ? "" : value).toLowerCase(Locale.ROOT).split(","))
            .map(range -> range.replace(" ", "").split(";"))
            .filter(range -> Arrays.stream(range).noneMatch(part -> part.matches("q=0(\\.0*)?")))
            .map(range -> range[0])
            .toList());
  }

  boolean names(String name) {
    return names.contains(name);
  }
}
