package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/x",
        "/x/",
        "/x/y",
        "/x.y",
        "/.x",
        "/x.",
        "/...",
        "/..x",
        "/x/...",
        "/x;y=1",
        "/x;y=1/z",
        "/x/;y",
        "/%2ex",
        "/x%2e",
        "/%20",
        "/%25",
        "/%2",
        "/%",
        "/x%2",
        "/%e2%80%ae",
        "/*",
        "/x;../y",
        "/%252e%252e"
      })
  void isNormal(String path) {
    assertThat(NormalPath.isNormal(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "//x",
        "/x//",
        "/x//y",
        "/.",
        "/..",
        "/./",
        "/../",
        "/x/.",
        "/x/..",
        "/x/../y",
        "/x/./y",
        "/%2e",
        "/%2E%2e/x",
        "/.%2e/x",
        "/x/%2e./y",
        "/..;/x",
        "/x/..;y=1/z",
        "/x/.;",
        "/x/;y/z",
        "/x%2fy",
        "/x%2Fy",
        "/%2f",
        "/x%5cy",
        "/x%5Cy",
        "/x\\y",
        "/..\\x"
      })
  void isNotNormal(String path) {
    assertThat(NormalPath.isNormal(path)).isFalse();
  }
}
