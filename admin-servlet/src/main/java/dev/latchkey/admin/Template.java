package dev.latchkey.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with places to be filled: {@code {word:name}} with a text of the catalogue, {@code {name}}
 * with what a request gives.
 */
record Template(String html) {
  private static final Pattern PLACE = Pattern.compile("\\{(word:)?([a-z.-]+)}");

  static Template named(String file) {
    return new Template(new String(Asset.read(file), StandardCharsets.UTF_8));
  }

  /**
   * Fills the places.
   *
   * @param html what to put there, as HTML
   */
  String filled(Words words, Map<String, String> html) {
    return PLACE
        .matcher(this.html)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    place.group(1) == null
                        ? Objects.requireNonNull(html.get(place.group(2)), place.group(2))
                        : escaped(words.text(place.group(2)))));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
