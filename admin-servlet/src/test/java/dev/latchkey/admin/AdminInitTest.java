package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.WebServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servlet's init-params, where it shares its application's keys. */
class AdminInitTest {
  private final WebServer server =
      new WebServer("/shop").withParam("latchkey.jdbcUrl", "jdbc:h2:mem:" + UUID.randomUUID());

  private void start(Map<String, String> initParams) throws Exception {
    server.with("/api-keys/*", new ApiKeyAdminServlet(), initParams).start();
  }

  private String page(Map<String, String> initParams) throws Exception {
    start(initParams);
    return new HttpCaller(server.uri()).get("api-keys").header("Accept", "text/html").send().text();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void unknownInitParamStopsTheStart() {
    assertThatThrownBy(() -> start(Map.of("loginpage", "/login")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("unknown init-param loginpage")
        .hasMessageContaining("loginPage");
  }

  @Test
  void loginSessionOfAnotherClassStopsTheStart() {
    assertThatThrownBy(() -> start(Map.of("loginSession", "java.lang.String")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("loginSession");
  }

  /** Whatever each of them says, even the same. */
  @Test
  void loginSessionInCodeAndAsAnInitParamStopsTheStart() {
    try (ApiKeys apiKeys =
        ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build())) {
      for (LoginSession given :
          new LoginSession[] {LoginSession.UNBOUNDED, new EndlessLoginSession()}) {
        try (WebServer other = new WebServer("/shop")) {
          Map<String, String> initParams =
              Map.of("loginSession", EndlessLoginSession.class.getName());
          assertThatThrownBy(
                  () ->
                      other
                          .with("/api-keys/*", new ApiKeyAdminServlet(apiKeys, given), initParams)
                          .start())
              .isInstanceOf(ServletException.class)
              .hasMessageContaining("loginSession");
        }
      }
    }
  }

  /** Logins that do not end. */
  public static final class EndlessLoginSession implements LoginSession {
    @Override
    public Optional<Instant> endsAt(HttpServletRequest request) {
      return Optional.empty();
    }
  }

  /** In descriptors, stars stand for everybody. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "*", " * ", "**"})
  void administratorRoleOfEverybodyStopsTheStart(String role) {
    assertThatThrownBy(() -> start(Map.of("administratorRole", role)))
        .isInstanceOf(ServletException.class)
        .hasMessageStartingWith("administratorRole must");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "*", " * ", "**"})
  void issuerRoleOfEverybodyStopsTheStart(String role) {
    assertThatThrownBy(() -> start(Map.of("administratorRole", "admin", "issuerRole", role)))
        .isInstanceOf(ServletException.class)
        .hasMessageStartingWith("issuerRole must");
  }

  @Test
  void issuersWithoutAdministratorsStopTheStart() {
    assertThatThrownBy(() -> start(Map.of("issuerRole", "admin")))
        .isInstanceOf(ServletException.class)
        .hasMessageStartingWith("issuerRole needs administratorRole");
  }

  @Test
  void loginPageMayBeAPathOfTheApplication() throws Exception {
    assertThat(page(Map.of("loginPage", "/login?a=1&b=\"2\"")))
        .contains("href=\"/shop/login?a=1&amp;b=&quot;2&quot;\"")
        .contains("href=\"/shop/api-keys/assets/page.css\"");
  }

  @Test
  void loginPageMayBeOnAnotherHost() throws Exception {
    assertThat(page(Map.of("loginPage", "https://login.example/")))
        .contains("href=\"https://login.example/\"");
  }

  @Test
  void userIsToldToLogInWhereThereIsNoLoginPage() throws Exception {
    assertThat(page(Map.of())).contains("Log in to manage your API key.").doesNotContain("<a");
  }
}
