package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.PublicApi;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compares what applications may rely on with {@code docs/public-api.txt}. */
class PublicApiTest {
  private static final Path FILE = Path.of("..", "docs", "public-api.txt");

  @Test
  void publicApiIsAsWrittenDown() throws Exception {
    String api =
        PublicApi.print("dev\\.latchkey\\.((auth|manage|micrometer|servlet|admin)\\.)?[A-Z].*");
    Path printed = Path.of("target", "public-api.txt");
    Files.writeString(printed, api);
    assertThat(api)
        .as("the public API; if the change is meant, copy %s to docs/", printed)
        .isEqualTo(Files.readString(FILE));
  }
}
