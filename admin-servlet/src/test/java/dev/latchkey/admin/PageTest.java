package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the servlet serves to browsers. */
class PageTest extends ServletTest {
  private Answer keys(String accept) {
    return alice.get("api-keys").header("Accept", accept).send();
  }

  @Test
  void pageHasTheComponentAndStrictHeaders() {
    Answer page = keys("text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.text()).contains("<api-key-menu ").contains("\"/api-keys/api-key-menu.js\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TEXT/HTML", "text/html;q=0.5, */*"})
  void clientsThatPreferHtmlGetThePage(String accept) {
    assertThat(keys(accept).text()).startsWith("<!doctype html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html;q=0", "text/htmlx", "*/*", "text/html, application/json"})
  void otherClientsGetJson(String accept) {
    assertThat(keys(accept).text()).startsWith("{");
  }

  @Test
  void jsonHasItsMediaType() {
    assertThat(keys("application/json").header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void componentNeedsNoLogin() {
    Answer script = get(anyone, "api-keys/api-key-menu.js");
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
  }

  @Test
  void componentPathIsNoTag() {
    String script = "api-keys/api-key-menu.js";
    reissue(anyone, script, "{}").assertProblem(401, "not-logged-in");
    reissue(alice, script, "{}").assertProblem(404, "no-such-key");
    post(alice, script, "{}").send().assertProblem(405, "method-not-allowed");
  }

  @Test
  void anonymousBrowserIsSentToTheLogin() {
    Answer page = anyone.get("api-keys").header("Accept", "text/html").send();
    assertThat(page.status()).isEqualTo(401);
    assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.header("Vary")).isEqualTo("Accept, Accept-Language");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.text()).contains("href=\"/login?return=/api-keys\"");
    anyone
        .get("api-keys")
        .header("Accept", "application/json")
        .send()
        .assertProblem(401, "not-logged-in");
    anyone
        .get("api-keys/x")
        .header("Accept", "text/html")
        .send()
        .assertProblem(401, "not-logged-in");
  }
}
