package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README.md says what is. */
class ReadmeTest {
  private static String readme() throws Exception {
    return Files.readString(Path.of("..", "README.md"));
  }

  @Test
  void readmeListsEverySetting() throws Exception {
    String settings = readme().split("\n## ")[3];
    assertThat(settings).startsWith("Settings");
    assertThat(Pattern.compile("(?m)^\\| `(\\w+)` \\|").matcher(settings).results())
        .extracting((MatchResult row) -> row.group(1))
        .containsExactlyInAnyOrderElementsOf(ApiKeysConfig.Builder.names());
  }

  @Test
  void readmesDefaultsAreAccepted() throws Exception {
    Pattern.compile("(?m)^\\| `(\\w+)` \\| `([^`]+)` \\|")
        .matcher(readme())
        .results()
        .forEach(
            row ->
                ApiKeysConfig.builder()
                    .jdbcUrl("jdbc:h2:mem:x")
                    .set(row.group(1), row.group(2))
                    .build());
  }

  @Test
  void readmesCodeCompilesAndRuns() throws Exception {
    String code =
        Files.readString(Path.of("src/test/java/dev/latchkey/example/InCodeTest.java"))
            .replaceAll("(?s).*// README begins\n(.*?) *// README ends.*", "$1")
            .replaceAll("(?m)^    ", "");
    assertThat(readme()).contains(code);
  }

  @Test
  void readmesScannerRuleFindsKeys() throws Exception {
    assertThat(readme()).contains("`\\blk_[0-9A-Za-z]{43}[0-4][0-9A-Za-z]{5}\\b`");
  }
}
