package dev.latchkey.admin;

import java.util.Map;

/**
 * The texts of the servlet's pages in one language.
 *
 * @param language as {@code lang} names it
 * @param texts by name; those of plurals are left to the browser
 */
record Words(String language, Map<String, String> texts) {
  String direction() {
    return text("direction");
  }

  /** Returns a text, which is there: a test compares the catalogues. */
  String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("no words for " + name + " in " + language);
    }
    return text;
  }
}
