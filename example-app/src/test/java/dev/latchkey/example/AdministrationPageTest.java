package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An administrator with everybody's keys. */
class AdministrationPageTest extends AdministrationPage {
  AdministrationPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @Test
  void keysAreListedWithTheirOwners() {
    Answer alices = keyOf("alice", "nightly export");
    advance(Duration.ofMinutes(1));
    Answer bobs = keyOf("bob", "");
    Visitor admin = administrator();
    assertThat(status(admin)).hasText("2 keys on this page");
    assertThat(rows(admin)).hasCount(2);
    assertThat(row(admin, alices)).containsText("alice");
    assertThat(row(admin, alices)).containsText("nightly export");
    assertThat(row(admin, alices)).containsText("Active");
    assertThat(row(admin, alices)).not().containsText(alices.get("tag"));
    assertThat(rows(admin).first()).containsText("bob");
    openRow(admin, alices);
    assertThat(opened(admin)).containsText(alices.get("tag"));
    assertThat(opened(admin).locator("ol")).containsText("Key added");
    assertThat(details(admin, alices)).hasAttribute("aria-expanded", "true");
    details(admin, alices).click();
    assertThat(opened(admin)).not().isVisible();
    assertThat(row(admin, bobs)).isVisible();
  }

  @Test
  void keyIsEditedInPlace() {
    Answer key = keyOf("alice", "nightly export");
    Visitor admin = administrator();
    openRow(admin, key);
    press(opened(admin), "Edit");
    Locator dialog = admin.dialog("Edit API key");
    label(dialog, "Description (optional)").fill("weekly export");
    label(dialog, "Rights").selectOption("Only what I choose");
    label(dialog, "Read everything").check();
    label(dialog, "Reason (optional)").fill("ticket 4711");
    press(dialog, "Save");
    assertThat(dialog).not().isVisible();
    assertThat(status(admin)).hasText("Saved.");
    assertThat(row(admin, key)).containsText("weekly export");
    assertThat(row(admin, key)).containsText("1 right");
    assertThat(details(admin, key)).isFocused();
    assertThat(opened(admin).locator("ol")).containsText("ticket 4711");
    assertThat(isLive(key)).isTrue();
  }

  @Test
  void keyIsDeletedWithAReason() {
    Answer alices = keyOf("alice", "");
    Answer bobs = keyOf("bob", "");
    Visitor admin = administrator();
    openRow(admin, bobs);
    press(opened(admin), "Delete");
    Locator dialog = admin.dialog("Delete API key?");
    press(dialog, "Cancel");
    assertThat(button(opened(admin), "Delete")).isFocused();
    press(opened(admin), "Delete");
    label(dialog, "Reason (optional)").fill("left the team");
    press(dialog, "Delete");
    assertThat(dialog).not().isVisible();
    assertThat(status(admin)).hasText("The API key was deleted.");
    assertThat(row(admin, bobs)).not().isVisible();
    assertThat(details(admin, alices)).isFocused();
    assertThat(isLive(bobs)).isFalse();
    assertThat(isLive(alices)).isTrue();
    open(admin, "?view=events&action=key.deleted");
    assertThat(admin.page.locator("api-key-administration tbody tr")).hasCount(1);
    assertThat(admin.page.locator("api-key-administration tbody")).containsText("left the team");
  }

  @Test
  void issuerReissuesAndSeesTheSecretOnce() {
    Answer old = keyOf("alice", "nightly export");
    Visitor admin = administrator();
    openRow(admin, old);
    press(opened(admin), "Reissue");
    Locator dialog = admin.dialog("Reissue API key");
    assertThat(dialog).containsText("The key acts in the name of \u2068alice\u2069.");
    press(dialog, "Reissue");
    Locator shown = admin.dialog("The new API key");
    String key = label(shown, "API key").inputValue();
    press(shown, "Close");
    assertThat(row(admin, old)).not().isVisible();
    assertLoaded(admin);
    assertThat(rows(admin)).hasCount(1);
    assertThat(isLive(old)).isFalse();
    assertThat(new Client(server.uri()).whoami(key).get("user")).isEqualTo("alice");
    admin.assertNoTraceOf(key);
  }

  @Test
  void issuerAddsForAService() {
    Visitor admin = administrator();
    admin.expectRefusals(400);
    admin.button("Add API key").click();
    Locator dialog = admin.dialog("Add API key");
    press(dialog, "Add");
    assertThat(label(dialog, "Owner")).hasAttribute("aria-invalid", "true");
    assertThat(dialog.locator("#owner-error")).containsText("must be given");
    label(dialog, "Owner").fill("svc-nightly");
    label(dialog, "A service").check();
    label(dialog, "Description (optional)").fill("from the page");
    press(dialog, "Add");
    Locator shown = admin.dialog("The new API key");
    String key = label(shown, "API key").inputValue();
    press(shown, "Close");
    assertThat(rows(admin)).hasCount(1);
    assertThat(rows(admin)).containsText("svc-nightly");
    assertThat(new Client(server.uri()).whoami(key).get("user")).isEqualTo("svc-nightly");
    admin.assertNoTraceOf(key);
  }

  /** What the server says of the login decides; the example has no such administrators. */
  @Test
  void administratorWhoIsNoIssuerIsOfferedNoSecrets() {
    Answer key = keyOf("alice", "");
    Visitor admin = visitor(english()).logIn("admin");
    admin.page.route(
        "**/api-keys/admin",
        route -> {
          if (route.request().resourceType().equals("document")) {
            route.resume();
          } else {
            var response = route.fetch();
            String text = response.text().replace("\"issuer\":true", "\"issuer\":false");
            route.fulfill(new Route.FulfillOptions().setResponse(response).setBody(text));
          }
        });
    open(admin, "");
    assertThat(admin.button("Add API key")).not().isVisible();
    openRow(admin, key);
    assertThat(opened(admin)).containsText("You may narrow another’s key or revoke it.");
    assertThat(button(opened(admin), "Reissue")).not().isVisible();
  }

  @Test
  void keyThatIsGoneMakesWayForThoseThatThereAre() {
    Answer key = keyOf("alice", "");
    Visitor admin = administrator();
    admin.expectRefusals(404);
    openRow(admin, key);
    press(opened(admin), "Delete");
    Client.loggedIn(server.uri(), "alice").call("DELETE", "api-keys/" + key.get("tag")).send();
    press(admin.dialog("Delete API key?"), "Delete");
    assertThat(admin.page.getByRole(AriaRole.ALERT)).containsText("This API key is gone");
    press(admin.dialog("The key is gone"), "Close");
    assertThat(status(admin)).hasText("0 keys on this page");
  }

  @Test
  void lostLoginAndOutageAreSaid() {
    Visitor admin = administrator();
    admin.expectRefusals(401, Visitor.NO_ANSWER);
    admin.page.route("**/admin/keys*", Route::abort);
    press(filters(admin), "Search");
    Locator alert = admin.page.getByRole(AriaRole.ALERT);
    assertThat(alert).containsText("No answer came from the server.");
    admin.page.unroute("**/admin/keys*");
    press(alert, "Try again");
    assertLoaded(admin);
    assertThat(alert).not().isVisible();
    admin.page.context().clearCookies();
    press(filters(admin), "Search");
    assertThat(alert).containsText("Your login has ended.");
    press(alert, "Log in again");
    assertThat(admin.label("User name")).isVisible();
  }
}
