package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts, styles and pictures: there for everybody, and kept by browsers that ask again. */
class AssetsTest extends ServletTest {
  private static final String MENU = "api-keys/api-key-menu.js";
  private static final Pattern SAID = Pattern.compile("(?:text|nodes)\\(\\s*\"([A-Za-z.-]+)\"");
  private static final Path SOURCE = Path.of("src/main/resources/dev/latchkey/admin");

  @ParameterizedTest
  @CsvSource({
    "api-key-menu.js, text/javascript;charset=utf-8",
    "assets/page.css, text/css;charset=utf-8",
    "assets/icon.svg, image/svg+xml",
    "assets/words/en.js, text/javascript;charset=utf-8"
  })
  void areThereForEverybody(String name, String contentType) {
    Answer asset = get(anyone, "api-keys/" + name);
    assertThat(asset.status()).isEqualTo(200);
    assertThat(asset.header("Content-Type")).isEqualToIgnoringCase(contentType);
    assertThat(asset.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(asset.header("X-Content-Type-Options")).isEqualTo("nosniff");
    Answer head = anyone.call("HEAD", "api-keys/" + name).send();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(asset.header("ETag"));
  }

  @Test
  void everyFileInTheFolderIsServedButModulesWhichAreInTheirParts() throws Exception {
    try (Stream<Path> files = Files.walk(SOURCE.resolve("assets"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = SOURCE.relativize(file).toString();
        int expected = name.endsWith(".js") ? 404 : 200;
        assertThat(get(anyone, "api-keys/" + name.replaceAll("json$", "js")).status())
            .as(name)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void catalogueIsAModuleForEachPartOfThePages() {
    String words = get(anyone, "api-keys/assets/words/en.js").text();
    assertThat(words)
        .startsWith("export default {\"direction\":\"ltr\",")
        .endsWith("};\n")
        .contains("\"validity.days\":{\"one\":\"{count} day\",\"other\":\"{count} days\"}")
        .doesNotContain("\"admin.", "\"page.", "\"refusal.");
    assertThat(get(anyone, "api-keys/assets/words/administration/en.js").text())
        .startsWith("export default {\"admin.title\":\"All API keys\",")
        .doesNotContain("\"direction\"");
  }

  /** A word that a script says is in a part that it loads. */
  @Test
  void everyWordOfAScriptIsThere() throws Exception {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
        boolean isOfAdministrators = file.toString().contains("administration");
        String words = get(anyone, "api-keys/assets/words/en.js").text();
        String more = get(anyone, "api-keys/assets/words/administration/en.js").text();
        Matcher said = SAID.matcher(Files.readString(file));
        while (said.find()) {
          assertThat(isOfAdministrators ? words + more : words)
              .as(file + ": " + said.group(1))
              .contains("\"" + said.group(1) + "\":");
        }
      }
    }
  }

  @Test
  void browserThatHasTheSameIsToldSo() {
    String tag = get(anyone, MENU).header("ETag");
    assertThat(tag).matches("\"[\\w-]{43}\"");
    for (String known :
        List.of(tag, "W/" + tag, "*", "\"other\", " + tag, "\"other\",W/" + tag + " ,\"x\"")) {
      Answer same = anyone.get(MENU).header("If-None-Match", known).send();
      assertThat(same.status()).as(known).isEqualTo(304);
      assertThat(same.text()).isEmpty();
      assertThat(same.header("ETag")).isEqualTo(tag);
      assertThat(same.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(same.header("Vary")).isEqualTo("Accept-Encoding");
    }
    for (String other : List.of("\"other\"", tag.replace("\"", ""), "", "\"" + tag)) {
      Answer changed = anyone.get(MENU).header("If-None-Match", other).send();
      assertThat(changed.status()).as(other).isEqualTo(200);
    }
  }

  /** A strong tag stands for bytes. */
  @Test
  void compressedFileHasAnotherTag() {
    String tag = get(anyone, MENU).header("ETag");
    Answer compressed = anyone.get(MENU).header("Accept-Encoding", "gzip").send();
    assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(compressed.header("ETag")).matches("\"[\\w-]{43}-gzip\"").isNotEqualTo(tag);
    assertThat(
            anyone
                .get(MENU)
                .header("Accept-Encoding", "gzip")
                .header("If-None-Match", tag)
                .send()
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assets/",
        "assets/none.js",
        "assets/none/none.js",
        "assets/page.css/",
        "assets/PAGE.css",
        "assets/page",
        "assets/words/en.json",
        "assets/words/none.js",
        "assets/words/words/en.js",
        "assets/api-key-menu.js",
        "assets/page.html",
        "assets/Page.class"
      })
  void otherNamesAreNotThere(String name) {
    get(anyone, "api-keys/" + name).assertProblem(404, "no-such-key");
    get(alice, "api-keys/" + name).assertProblem(404, "no-such-key");
  }

  /** Containers resolve or reject them first; what comes through leads nowhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "assets/../page.html",
        "assets/%2e%2e/page.html",
        "assets/..%2fpage.html",
        "assets/..%5cpage.html",
        "assets/words/..%2f..%2fpage.html",
        "assets/words/..%2fpage.js",
        "assets/%00.js",
        "page.html",
        "Page.class"
      })
  void noPathLeadsOutOfTheFolder(String path) throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of())) {
      RawAnswer answer = server.get("/api-keys/" + path);
      assertThat(answer.status()).as(answer.text()).isIn(400, 404);
      assertThat(answer.text()).doesNotContain("{word:", "<main");
    }
    assertThat(new Assets(new Catalogues(new Json())).named("assets/../page.html")).isNull();
    assertThat(new Assets(new Catalogues(new Json())).named("assets/words/../page.js")).isNull();
  }

  @Test
  void isNoTagAndTakesNoOtherMethod() {
    String name = "api-keys/assets/page.css";
    reissue(anyone, name, "{}").assertProblem(401, "not-logged-in");
    get(anyone, name + "/reissue").assertProblem(404, "no-such-key");
    post(anyone, name, "{}").send().assertProblem(401, "not-logged-in");
    Answer posted = post(alice, name, "{}").send();
    posted.assertProblem(405, "method-not-allowed");
    assertThat(posted.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    delete(alice, "api-keys/assets").assertProblem(404, "no-such-key");
  }
}
