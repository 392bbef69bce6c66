package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The languages that pages are there in. */
final class Languages {
  /** Those that browsers find, too: assets/words.js has the same. */
  static final List<String> ALL = List.of("en", "de", "fr", "es", "ja", "ar");

  private final Map<String, Words> words = new HashMap<>();
  private final Words english;

  Languages(Catalogues catalogues) {
    for (String language : ALL) {
      Map<String, @Nullable Object> catalogue = catalogues.of(language);
      if (catalogue != null) {
        words.put(language, new Words(language, texts(catalogue)));
      }
    }
    english = Objects.requireNonNull(words.get("en"));
  }

  private static Map<String, String> texts(Map<String, @Nullable Object> catalogue) {
    Map<String, String> texts = new HashMap<>();
    catalogue.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  /** Returns the words in the language that a user likes best of those that are there. */
  Words of(HttpServletRequest request) {
    if (request.getHeader("Accept-Language") == null) {
      return english; // where the container names the server's own language
    }
    return Collections.list(request.getLocales()).stream()
        .map(Locale::getLanguage)
        .filter(words::containsKey)
        .findFirst()
        .map(words::get)
        .orElse(english);
  }
}
