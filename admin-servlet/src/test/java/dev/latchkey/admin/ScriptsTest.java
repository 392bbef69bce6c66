package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The modules of a part are sent as one script, which is as good as they were. */
class ScriptsTest {
  private static final Path SOURCE = Path.of("src/main/resources/dev/latchkey/admin");
  private static final Pattern NAME_AT_THE_TOP =
      Pattern.compile("(?m)^(?:export )?(?:async )?(?:const|let|class|function) (\\w+)");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{ ([^}]+) \\} from \"([^\"]+)\";$");

  private final Map<String, String> scripts = Scripts.all();

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  @Test
  void eachPartIsAScript() {
    assertThat(scripts)
        .containsOnlyKeys(
            "api-key-menu.js",
            "api-key-list.js",
            "api-key-administration.js",
            "assets/common.js",
            "assets/dialogs.js");
  }

  /** A module that nothing imports would be missing. */
  @Test
  void everyModuleIsInOneScript() throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
        names.addAll(found(NAME_AT_THE_TOP, Files.readString(file)));
      }
    }
    String all = String.join("\n", scripts.values());
    assertThat(names)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            name -> assertThat(all).containsPattern("\\b(?:const|let|class|function) " + name));
  }

  /** Each would be a page without its element; a build tells first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "const b = 1;|const b = 2;|b is in",
        "import { b } from \"../common/b.js\";|const b = 2;|b is in",
        "function b() {}|import { b } from \"../common/b.js\";|b is in",
        "import { b as c } from \"../common/b.js\";||cannot be joined",
        "import \"../common/b.js\";||cannot be joined",
        "import * as b from \"../common/b.js\";||cannot be joined",
        "export default 1;||cannot be joined",
        "export { b } from \"../common/b.js\";||cannot be joined",
        "export { b };||cannot be joined",
        "export * from \"../common/b.js\";||cannot be joined",
        "import { b } from \"../list/b.js\";||but parts import only",
        "import { c } from \"../common/c.js\";||but parts import only",
        "import { b } from \"./deeper/b.js\";||in no folder",
        "|import { x } from \"./x.js\";|imports itself",
      })
  void whatCannotBeJoinedIsRefused(String x, String y, String why) {
    Map<String, String> sources =
        Map.of(
            "api-key-menu.js",
            "import { x } from \"./assets/menu/x.js\";\n",
            "assets/menu/x.js",
            "import { y } from \"./y.js\";\n" + Objects.toString(x, "") + "\n",
            "assets/menu/y.js",
            Objects.toString(y, "") + "\n",
            "assets/common/b.js",
            "export const b = 3;\n",
            "assets/common/c.js",
            "import { b } from \"../dialogs/b.js\";\n",
            "assets/dialogs/b.js",
            "export const b = 3;\n",
            "assets/list/b.js",
            "export const b = 3;\n",
            "assets/menu/deeper/b.js",
            "export const b = 3;\n");
    assertThatThrownBy(() -> Scripts.of(List.of("api-key-menu.js"), sources::get))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(why);
  }

  @Test
  void importsComeFromOtherPartsThatExportThem() {
    scripts.forEach(
        (script, text) ->
            IMPORT
                .matcher(text)
                .results()
                .forEach(
                    match -> {
                      String from = match.group(2).replaceFirst("^\\.{1,2}/", "");
                      String other = scripts.getOrDefault(from, scripts.get(Assets.FOLDER + from));
                      assertThat(other).as(script + ": " + from).isNotNull().isNotEqualTo(text);
                      assertThat(match.group(1).split(", "))
                          .doesNotHaveDuplicates()
                          .allSatisfy(
                              name ->
                                  assertThat(other)
                                      .containsPattern(
                                          "export (?:async )?(?:const|class|function) "
                                              + name
                                              + "\\b"));
                    }));
  }

  @Test
  void whatIsLoadedLaterIsAPartOrTheWordsOfALanguage() {
    assertThat(found(Pattern.compile("import\\(([^)]+)\\)"), String.join("\n", scripts.values())))
        .containsExactlyInAnyOrder(
            "\"./assets/dialogs.js\"",
            "`./words/${language}.js`",
            "`./assets/words/administration/${language}.js`");
  }

  @Test
  void allOfThemTogetherAreSmall() {
    Assets assets = new Assets(new Catalogues(new Json()));
    int menu = 0;
    int all = 0;
    for (String name :
        Stream.concat(
                scripts.keySet().stream(),
                Stream.of("assets/words/en.js", "assets/words/administration/en.js"))
            .toList()) {
      int size = sentBytes(assets, name);
      all += size;
      if (List.of("api-key-menu.js", "assets/common.js", "assets/words/en.js").contains(name)) {
        menu += size;
      }
    }
    assertThat(menu).isBetween(5_000, 15 * 1024);
    assertThat(all).isBetween(30_000, 40 * 1024);
  }

  private static int sentBytes(Assets assets, String name) {
    Asset asset = assets.named(name);
    assertThat(asset).as(name).isNotNull();
    assertThat(new String(asset.content(), StandardCharsets.UTF_8)).isNotBlank();
    return asset.compressedLength();
  }
}
