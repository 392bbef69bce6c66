package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  /** Some logins make principals whose name is null or empty. */
  @ParameterizedTest
  @ValueSource(strings = {"X-User: (null)", "X-User:"})
  void principalWithoutANameIsNotLoggedIn(String login) throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of())) {
      for (String line :
          new String[] {
            "GET /api-keys",
            "GET /api-keys/x",
            "POST /api-keys",
            "DELETE /api-keys/x",
            "PATCH /api-keys/x",
            "POST /api-keys/x/reissue",
            "OPTIONS /api-keys"
          }) {
        RawAnswer answer =
            server.send(
                "{}", line + " HTTP/1.1", "Host: x", login, "Content-Type: application/json");
        assertThat(answer.status()).as(line).isEqualTo(401);
        assertThat(answer.text()).contains("urn:latchkey:not-logged-in");
      }
      RawAnswer page =
          server.send("", "GET /api-keys HTTP/1.1", "Host: x", login, "Accept: text/html");
      assertThat(page.status()).isEqualTo(401);
      assertThat(page.header("Content-Type")).startsWith("text/html");
    }
  }
}
