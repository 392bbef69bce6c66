package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page has all modules of its element loaded at once, and none that it may never need. */
class ModulesTest {
  private static final Words ENGLISH = new Words("en", Map.of());

  private final Assets assets = new Assets(new Catalogues(new Json()));

  private List<String> preloaded(String element) {
    return Pattern.compile("<link rel=\"modulepreload\" href=\"/base/([^\"]+)\">")
        .matcher(new Modules(assets).preloads(element, ENGLISH, "/base"))
        .results()
        .map((MatchResult link) -> link.group(1))
        .toList();
  }

  private String text(String name) {
    Asset asset = assets.named(name);
    assertThat(asset).as(name).isNotNull();
    return new String(asset.content(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {Assets.MENU, Assets.ADMINISTRATION})
  void everyImportIsPreloadedOnce(String element) {
    List<String> preloaded = preloaded(element);
    assertThat(preloaded).doesNotHaveDuplicates().contains("assets/words/en.js");
    String scripts =
        text(element) + preloaded.stream().map(this::text).collect(Collectors.joining("\n"));
    List<String> imported =
        Pattern.compile("(?m) from \"\\.[^\"]*/([^/\"]+\\.js)\";$")
            .matcher(scripts)
            .results()
            .map((MatchResult match) -> match.group(1))
            .distinct()
            .toList();
    assertThat(imported).isNotEmpty();
    assertThat(preloaded.stream().map(name -> name.substring(name.lastIndexOf('/') + 1)).distinct())
        .containsAll(imported);
  }

  @Test
  void moduleThatIsNotThereHasNoImports() {
    assertThat(preloaded("none.js")).isEmpty();
  }
}
