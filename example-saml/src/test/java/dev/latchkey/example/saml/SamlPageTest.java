package dev.latchkey.example.saml;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.example.ExampleOptions;
import dev.latchkey.example.ExampleServer;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.MutableClock;
import dev.latchkey.test.caller.Chromium;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Looks;
import dev.latchkey.test.caller.Visitor;
import dev.latchkey.test.caller.Visitors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user who logs in with SAML, at a real identity provider. */
@ExtendWith({MariaDb.class, Chromium.class, Keycloak.Extension.class})
class SamlPageTest {
  private static final Duration SESSION = Duration.ofHours(10); // as in keycloak-realm.json

  private final MutableClock clock = new MutableClock(Instant.now()); // Keycloak's cannot be set
  private final Visitors visitors;
  private final MariaDbServer mariaDb;
  private final Keycloak keycloak;
  private String jdbcUrl;
  private ExampleServer server;

  SamlPageTest(Browser browser, MariaDbServer mariaDb, Keycloak keycloak) {
    this.visitors = new Visitors(browser, clock);
    this.mariaDb = mariaDb;
    this.keycloak = keycloak;
  }

  @BeforeEach
  void start() {
    jdbcUrl = mariaDb.url(mariaDb.newDatabase());
    ApiKeysConfig config =
        ApiKeysConfig.builder()
            .jdbcUrl(jdbcUrl)
            .jdbcUser(MariaDbServer.USER)
            .jdbcPassword(MariaDbServer.PASSWORD)
            .lastUsedFlushInterval(Duration.ofMillis(100))
            .clock(clock)
            .build();
    SamlOptions saml =
        new SamlOptions(
            keycloak.metadata().toString(),
            Keycloak.ENTITY_ID,
            null,
            SamlOptions.DEFAULT_SESSION_LENGTH);
    server = ExampleServer.start(new ExampleOptions(0, config), new SamlLogins(saml));
  }

  @AfterEach
  void stop() {
    try {
      visitors.close();
    } finally {
      server.close();
    }
  }

  private Visitor sam() {
    Visitor sam = visitors.open(server.uri(), Visitors.english());
    sam.open("/login");
    Looks.check(sam.page, "saml-login-light-1280");
    logIn(sam);
    return sam;
  }

  static void logIn(Visitor sam) {
    sam.page
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Log in with SAML"))
        .click();
    sam.page.locator("#username").fill("sam");
    sam.page.locator("#password").fill("sam");
    sam.page.locator("#kc-login").click();
    assertThat(sam.page.getByRole(AriaRole.HEADING)).hasText("Hello, sam");
  }

  private Locator expiration(Visitor sam) {
    return sam.dialog("Add API key").locator("output .utc");
  }

  @Test
  void keyExpiresWithTheSession() {
    Visitor sam = sam();
    sam.openMenu();
    List<Route> questions = new ArrayList<>();
    sam.page.route("**/api-keys", questions::add);
    sam.button("Add API key").click();
    assertThat(sam.dialog("Add API key")).containsText("Validating your session…");
    Looks.check(sam.page, "saml-validating-light-1280");
    sam.page.waitForCondition(() -> !questions.isEmpty());
    sam.page.unroute("**/api-keys");
    questions.forEach(Route::resume);
    assertThat(sam.label("Validity")).not().isAttached();
    String shown = expiration(sam).textContent();
    Instant expiresAt = Instant.parse(shown.replace(" UTC", "Z").replaceFirst(" ", "T"));
    assertThat(Duration.between(clock.instant(), expiresAt).minus(SESSION).abs())
        .isLessThan(Duration.ofMinutes(5));
    Looks.check(sam.page, "saml-add-light-1280");
    sam.label("Description (optional)").fill("deploy");
    sam.button("Add").click();
    String key = sam.shownKey();
    assertThat(sam.dialog("Your API key")).containsText(shown);
    sam.button("Close").click();

    Answer answer = new Client(server.uri()).whoami(key);
    assertThat(answer.get("user")).isEqualTo("sam");
    assertThat(
            ZonedDateTime.parse(
                    answer.header("API-Key-Expires"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant())
        .isEqualTo(expiresAt);

    sam.choose("View my API key details");
    sam.button("Edit").click();
    assertThat(sam.label("Validity")).not().isAttached();
    assertThat(sam.dialog("Edit API key"))
        .containsText("The expiration date is set by your login session.");
    Looks.check(sam.page, "saml-edit-light-1280");
    sam.label("Description (optional)").fill("deploy and roll back");
    sam.button("Save").click();
    assertThat(sam.dialog("My API key details")).containsText("deploy and roll back");
    sam.button("Reissue").click();
    assertThat(sam.label("Validity")).not().isAttached();
    sam.button("Reissue").click();
    String reissued = sam.shownKey();
    sam.button("Close").click();
    assertThat(new Client(server.uri()).whoami(key).status()).isEqualTo(401);
    assertThat(new Client(server.uri()).whoami(reissued).status()).isEqualTo(200);
    sam.choose("View my API key details");
    sam.button("Delete").click();
    sam.button("Delete").click();
    assertThat(sam.dialog("My API key details")).containsText("The API key was deleted.");
    assertThat(new Client(server.uri()).whoami(reissued).status()).isEqualTo(401);
  }

  @Test
  void addingReplacesAnExpiredKey() throws SQLException {
    Visitor sam = sam();
    String old = sam.addKey("nightly export");
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl, MariaDbServer.USER, MariaDbServer.PASSWORD);
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE latchkey_key SET expires_at = created_at");
    }
    sam.openMenu();
    assertThat(sam.page.getByText("Your API key has expired.")).isVisible();
    sam.button("Add API key").click();
    assertThat(sam.dialog("Add API key")).containsText("The new key replaces the expired one");
    sam.button("Add").click();
    String fresh = sam.shownKey();
    assertThat(new Client(server.uri()).whoami(fresh).status()).isEqualTo(200);
    assertThat(new Client(server.uri()).whoami(old).status()).isEqualTo(401);
    sam.button("Close").click();
    sam.openMenu();
    assertThat(sam.button("Add API key")).not().isVisible();
  }

  @Test
  void addingAfterTheSessionsEndIsRejectedWithAMessage() {
    Visitor sam = sam();
    sam.expectRefusals(401);
    sam.choose("Add API key");
    sam.label("Description (optional)").fill("too late");
    visitors.advance(SESSION.plusMinutes(10));
    sam.button("Add").click();
    assertThat(sam.page.getByRole(AriaRole.ALERT)).containsText("Your login has ended.");
    assertThat(sam.label("Description (optional)")).hasValue("too late");
    Looks.check(sam.page, "saml-ended-light-1280");
    sam.button("Log in again").click();
    assertThat(sam.button("Log in")).isVisible();
    sam.open("/");
    assertThat(sam.button("Log in")).isVisible();
  }

  @Test
  void logOutEndsTheSession() {
    Visitor sam = sam();
    sam.openMenu();
    sam.button("Log out").click();
    assertThat(sam.button("Log in")).isVisible();
    sam.open("/");
    assertThat(sam.button("Log in")).isVisible();
  }

  @Test
  void loginLeadsBackToThePage() {
    Visitor sam = visitors.open(server.uri(), Visitors.english());
    sam.expectRefusals(401);
    sam.open("/api-keys");
    sam.page.getByRole(AriaRole.LINK).getByText("Log in").click();
    sam.page.getByText("Log in with SAML").click();
    sam.page.locator("#username").fill("sam");
    sam.page.locator("#password").fill("sam");
    sam.page.locator("#kc-login").click();
    assertThat(sam.page.getByRole(AriaRole.HEADING)).hasText("API key");
    assertThat(sam.page.url()).isEqualTo(server.uri() + "api-keys");
  }

  /** Another login in the same browser is the one that counts. */
  @Test
  void formLoginReplacesTheSamlLogin() {
    Visitor sam = sam();
    sam.logIn("alice");
    sam.choose("Add API key");
    assertThat(sam.label("Validity")).isVisible();
  }
}
