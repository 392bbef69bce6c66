package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What browsers get of a script is all that they run. */
class ScriptTest {
  private static String compact(String source) {
    return new String(
        Script.compact(source.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @Test
  void commentsOnLinesOfTheirOwnAreLeftOut() {
    assertThat(
            compact(
                """
                /**
                 * Says something.
                 * @param x what
                 */
                export function say(x) {
                  // why
                  const url = "https://a.example"; // stays

                  /* one line */
                  return x * 2 /* stays */ + "é";
                }
                """))
        .isEqualTo(
            """
            export function say(x) {
            const url = "https://a.example"; // stays
            return x * 2 /* stays */ + "é";
            }
            """);
  }

  /** A text over several lines would lose what looks like a comment. */
  @Test
  void noTextHasALineThatLooksLikeAComment() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/dev/latchkey/admin"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
        boolean isInText = false;
        boolean isInComment = false;
        for (String line : Files.readAllLines(file)) {
          String text = line.strip();
          boolean isBegin = text.startsWith("//") || text.startsWith("/*");
          assertThat(isInText && isBegin).as(file + ": " + line).isFalse();
          if (text.startsWith("/*")) {
            isInComment = true;
          }
          if (!isInComment && !isBegin) {
            isInText ^= text.chars().filter(c -> c == '`').count() % 2 == 1;
          } else if (isInComment) {
            assertThat(text.contains("*/") && !text.endsWith("*/"))
                .as(file + ": " + line)
                .isFalse();
            isInComment = !text.endsWith("*/");
          }
        }
        assertThat(List.of(isInText, isInComment)).as(file.toString()).containsOnly(false);
      }
    }
  }
}
