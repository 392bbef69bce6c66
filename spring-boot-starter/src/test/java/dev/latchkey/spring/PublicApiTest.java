package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.PublicApi;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compares what applications may rely on with {@code docs/public-api-spring.txt}. */
class PublicApiTest {
  private static final Path FILE = Path.of("..", "docs", "public-api-spring.txt");

  @Test
  void publicApiIsAsWrittenDown() throws Exception {
    String api = PublicApi.print("dev\\.latchkey\\.spring\\..*");
    Path printed = Path.of("target", "public-api-spring.txt");
    Files.writeString(printed, api);
    assertThat(api)
        .as("the public API; if the change is meant, copy %s to docs/", printed)
        .isEqualTo(Files.readString(FILE));
  }
}
