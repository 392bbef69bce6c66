package dev.latchkey.internal.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
  @ParameterizedTest
  @CsvSource({
    "/x, /x /x/, EMPTY / /xy /x/y /X /y/x x //x /x//",
    "/x/y, /x/y /x/y/, /x /x/ /x/yz /x/y/z",
    "/x.css, /x.css /x.css/, /x.cssx /y/x.css",
    "/x/*, /x /x/ /x/y /x/y/z, EMPTY / /xy /xy/z /X/y /y/x/z",
    "/x/y/*, /x/y /x/y/z, /x /x/ /x/yz",
    "*.x, /a.x /a/b.x /.x /a.y.x /a/b/.x, EMPTY /x /ax /a.xy /a.X /a.x/ /a.x/b /a.x/b.y",
    "*.tar.gz, /a.tar.gz, /a.gz",
    "/*, EMPTY / /x /x/ /x/y.z, x"
  })
  void patternCoversItsPaths(String pattern, String covered, String others) {
    for (String path : split(covered)) {
      assertThat(PathPattern.of(pattern).covers(path)).as("%s of %s", path, pattern).isTrue();
    }
    for (String path : split(others)) {
      assertThat(PathPattern.of(pattern).covers(path)).as("%s of %s", path, pattern).isFalse();
    }
  }

  /** A container tells a path in two parts, wherever it parts it. */
  @Test
  void whereAPathIsPartedDoesNotMatter() {
    Random random = new Random(20261130);
    for (int i = 0; i < 100_000; i++) {
      String path = random(random);
      String wanted = random(random);
      if (!PathPattern.isPattern(wanted)) {
        continue;
      }
      PathPattern pattern = PathPattern.of(wanted);
      int at = random.nextInt(path.length() + 1);
      assertThat(pattern.covers(path.substring(0, at), path.substring(at)))
          .as("%s, parted at %d, of %s", path, at, pattern)
          .isEqualTo(covers(wanted, path));
    }
  }

  private static String random(Random random) {
    return random
        .ints(random.nextInt(7), 0, 5)
        .mapToObj(letter -> "/*.xy".substring(letter, letter + 1))
        .collect(Collectors.joining());
  }

  private static boolean covers(String pattern, String path) {
    if (pattern.startsWith("*")) {
      return path.endsWith(pattern.substring(1));
    }
    return pattern.endsWith("/*")
        ? (path + "/").startsWith(pattern.substring(0, pattern.length() - 1))
        : path.equals(pattern) || path.equals(pattern + "/");
  }

  private static String[] split(String paths) {
    return paths.replace("EMPTY", "").split(" ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "x/*",
        "/",
        "*",
        "**",
        "/**",
        "/x*",
        "/x/**",
        "/*/x",
        "/x/*/y",
        "*x",
        "*.",
        "*.*",
        "*.x/*",
        "*.x/y",
        "/x/",
        "/*.x",
        "//*",
        ".x",
        "http://h/x",
        "*/x",
        "GET /x*"
      })
  void otherTextsAreNoPatterns(String text) {
    assertThatThrownBy(() -> PathPattern.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }
}
