package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document as the servlet serves it. */
class ServedOpenApiTest {
  private static final Pattern PATHS = Pattern.compile("(?m)^  \"?(/[^\":]*)\"?:$");

  private static List<String> paths(RawAnswer document) {
    return PATHS.matcher(document.text()).results().map(MatchResult::group).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/, /api-keys, /api-keys",
    "/shop, /api-keys, /shop/api-keys",
    "/shop, /my keys, /shop/my%20keys"
  })
  void pathsAreThoseOfTheMount(String context, String servlet, String mount) throws Exception {
    try (AdminServer server = new AdminServer().start(context, servlet + "/*", Map.of())) {
      RawAnswer document = server.get(mount + "/openapi.yaml", "Accept: */*");
      assertThat(document.status()).isEqualTo(200);
      assertThat(document.header("Content-Type")).isEqualTo("application/yaml");
      assertThat(document.text()).startsWith("openapi: 3.").contains("\n  - url: /\n");
      assertThat(paths(document))
          .contains(
              "  \"" + mount + "\":",
              "  \"" + mount + "/{tag}\":",
              "  \"" + mount + "/{tag}/reissue\":",
              "  \"" + mount + "/admin/keys/{tag}\":",
              "  \"" + mount + "/revoke\":",
              "  \"" + mount + "/openapi.yaml\":")
          .noneMatch(path -> path.startsWith("  /api-keys"));
    }
  }

  @Test
  void needsNoLoginAndIsReadOnly() throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of())) {
      RawAnswer document =
          server.send("", "GET /api-keys/openapi.yaml HTTP/1.1", "Host: localhost");
      assertThat(document.status()).isEqualTo(200);
      assertThat(document.header("Cache-Control")).isEqualTo("no-store");
      assertThat(document.header("X-Content-Type-Options")).isEqualTo("nosniff");
      RawAnswer head = server.send("", "HEAD /api-keys/openapi.yaml HTTP/1.1", "Host: localhost");
      assertThat(head.status()).isEqualTo(200);
      RawAnswer deletion =
          server.send(
              "", "DELETE /api-keys/openapi.yaml HTTP/1.1", "Host: localhost", AdminServer.USER);
      assertThat(deletion.status()).isEqualTo(405);
      assertThat(deletion.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
  }
}
