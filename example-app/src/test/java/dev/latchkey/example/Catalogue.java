package dev.latchkey.example;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the pages say in a language. */
record Catalogue(String language, JsonNode words) {
  static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "ja", "ar");

  private static final Path FOLDER =
      Path.of("../admin-servlet/src/main/resources/dev/latchkey/admin/assets/words");

  static Catalogue of(String language) {
    return new Catalogue(
        language, JsonMapper.shared().readTree(FOLDER.resolve(language + ".json").toFile()));
  }

  static Stream<Catalogue> all() {
    return LANGUAGES.stream().map(Catalogue::of);
  }

  /** Returns a text, with its parameters. */
  String text(String name, String... parameters) {
    return filledIn(words.path(name).asString(), parameters);
  }

  /** Returns a plural's text. */
  String plural(String name, String category, String... parameters) {
    JsonNode plural = words.path(name);
    return filledIn(plural.path(plural.has(category) ? category : "other").asString(), parameters);
  }

  private static String filledIn(String text, String... parameters) {
    String filledIn = text;
    for (int i = 0; i < parameters.length; i += 2) {
      filledIn = filledIn.replace("{" + parameters[i] + "}", parameters[i + 1]);
    }
    return filledIn;
  }

  /** Returns the sentences without parameters. */
  Set<String> sentences() {
    return words.properties().stream()
        .map(Map.Entry::getValue)
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .filter(text -> !text.contains("{"))
        .collect(Collectors.toSet());
  }

  @Override
  public String toString() {
    return language;
  }
}
