package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.latchkey.test.Requests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private static Exchange from(@Nullable String address) {
    HttpServletRequest request = Requests.with(Map.of());
    when(request.getMethod()).thenReturn("POST");
    when(request.getRemoteAddr()).thenReturn(address);
    byte[] body = "{\"key\": \"lk_secret\"}".getBytes(StandardCharsets.UTF_8);
    return new Exchange(
        Route.of("/revoke"),
        request,
        new RequestBody("application/json", body),
        mock(HttpServletResponse.class));
  }

  /** As with a socket of Unix. */
  @Test
  void addressThatIsNotKnownIsLeftOut() {
    assertThat(from(null).address()).isEmpty();
    assertThat(from("").address()).isEmpty();
    assertThat(from("192.0.2.7").address()).contains("192.0.2.7");
  }

  @Test
  void textDoesNotShowTheBody() {
    assertThat(from("192.0.2.7").toString()).contains("POST", "REVOKE").doesNotContain("secret");
    assertThat(from("192.0.2.7").body().toString()).doesNotContain("secret");
  }
}
