package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCall;
import dev.latchkey.test.HttpCaller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at {@code admin}, and what stands in its place for those who may not see it. */
class AdministratorsPageTest extends AdministrationTest {
  private static final String PATH = "api-keys/admin";
  private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

  private static HttpCall page(HttpCaller user) {
    return user.get(PATH).header("Accept", HTML);
  }

  private static void assertPage(Answer page, int status) {
    assertThat(page.status()).as(page.text()).isEqualTo(status);
    assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Vary")).isEqualTo("Accept, Accept-Language");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(page.text()).startsWith("<!doctype html>").doesNotContain("{", "}");
  }

  /** Its filters are in its own URL, which a script reads. */
  @ParameterizedTest
  @ValueSource(strings = {"", "?owner=alice&status=active", "?tab=events&unheard-of=%00"})
  void administratorsGetThePage(String query) {
    Answer page = admin.get(PATH + query).header("Accept", HTML).send();
    assertPage(page, 200);
    assertThat(page.text())
        .contains("<api-key-administration>")
        .contains("src=\"/api-keys/api-key-administration.js\"")
        .doesNotContain("alice");
  }

  @Test
  void pageTellsWhetherItsUserIsAnIssuer() {
    assertThat(page(issuer).send().text()).contains("<api-key-administration issuer>");
    assertThat(page(admin).send().text()).contains("<api-key-administration>");
  }

  @Test
  void scriptsAreToldWhatTheyMayDo() {
    Answer told = get(admin, PATH);
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.header("Vary")).isEqualTo("Accept");
    assertThat(told.text())
        .isEqualTo(
            Answer.compact(
                """
                {"administrator": "ada", "issuer": false, "policy": {"maxKeys": 1000,
                 "validity": {"mode": "choose", "defaultDays": 90, "maxDays": 365},
                 "scopes": [{"name": "read", "description": "Read only", "grantable": true}]}}
                """));
    assertThat(get(issuer, PATH).json().path("issuer").asBoolean()).isTrue();
    assertInvalid(get(admin, PATH + "?owner=alice"), "owner");
  }

  @Test
  void othersGetAPageThatSaysWhy() {
    assertPage(page(anyone).send(), 401);
    Answer denied = page(alice).send();
    assertPage(denied, 403);
    assertThat(denied.text()).contains("This page is for administrators").doesNotContain("<a ");
    page(admin).bearer(addFor("ivy").get("key")).send().assertProblem(403, "login-required");
  }

  @Test
  void ownPageLeadsAdministratorsThere() {
    String link = "<a href=\"/api-keys/admin\">All API keys</a>";
    assertThat(admin.get("api-keys").header("Accept", HTML).send().text()).contains(link);
    assertThat(alice.get("api-keys").header("Accept", HTML).send().text())
        .doesNotContain("api-keys/admin");
  }

  @Test
  void otherMethodsAreRejected() {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      Answer answer = admin.call(method, PATH).header("Accept", HTML).json("{}").send();
      answer.assertProblem(405, "method-not-allowed");
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
    Answer head = admin.call("HEAD", PATH).header("Accept", HTML).send();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(admin.call("OPTIONS", PATH).send().status()).isEqualTo(204);
  }

  @Test
  void pageIsNotThereWhileNoRoleIsSet() throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of())) {
      Answer page = page(server.caller()).send();
      assertPage(page, 404);
      assertThat(page.text()).contains("There is nothing here");
      server.caller().get(PATH).send().assertProblem(404, "no-such-key");
    }
  }
}
