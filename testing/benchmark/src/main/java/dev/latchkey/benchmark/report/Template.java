package dev.latchkey.benchmark.report;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of the page, with places for what is made of data: {@code {{what}}} or {@code {{what of
 * which}}}.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)(?: ([^}]+))?}}");
  private static final String SUITE = "suite";

  private final String text;

  Template(String text) {
    this.text = text;
  }

  /** With what each of these makes of the word after it. */
  String filled(Map<String, UnaryOperator<String>> makers) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              UnaryOperator<String> maker = makers.get(place.group(1));
              if (maker == null) {
                throw new IllegalStateException("nothing makes " + place.group());
              }
              String word = place.group(2) == null ? "" : place.group(2);
              return Matcher.quoteReplacement(maker.apply(word));
            });
  }

  /** The suites that have a place of their own. */
  Set<String> suites() {
    Set<String> suites = new TreeSet<>();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      if (place.group(1).equals(SUITE)) {
        suites.add(place.group(2));
      }
    }
    return suites;
  }
}
