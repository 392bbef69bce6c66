package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Visitor;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come late, or when something else is shown. */
class AdministrationRacesTest extends AdministrationPage {
  private final List<Route> waiting = new CopyOnWriteArrayList<>();

  AdministrationRacesTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private void awaitWaiting(Visitor admin, int count) {
    admin.page.waitForCondition(() -> waiting.size() == count);
  }

  private static void lookFor(Visitor admin, String owner) {
    label(filters(admin), "Owner").fill(owner);
    press(filters(admin), "Search");
  }

  @Test
  void lateAnswerOfAnAbandonedListIsDropped() {
    keyOf("alice", "");
    Answer bobs = keyOf("bob", "");
    Visitor admin = administrator();
    admin.page.route("**/admin/keys?owner=alice", waiting::add);
    lookFor(admin, "alice");
    awaitWaiting(admin, 1);
    lookFor(admin, "bob");
    assertThat(row(admin, bobs)).isVisible();
    admin.page.waitForResponse("**/admin/keys?owner=alice", () -> waiting.get(0).resume());
    openRow(admin, bobs);
    press(opened(admin), "Edit");
    label(admin.dialog("Edit API key"), "Description (optional)").fill("weekly export");
    press(admin.dialog("Edit API key"), "Save");
    assertThat(admin.dialog("Edit API key")).not().isVisible();
    assertThat(row(admin, bobs)).containsText("weekly export");
  }

  @Test
  void elementThatIsRemovedStopsLooking() {
    Visitor admin = administrator();
    admin.page.route("**/admin/keys?*", waiting::add);
    lookFor(admin, "nobody");
    awaitWaiting(admin, 1);
    admin.page.evaluate("document.querySelector('api-key-administration').remove()");
    admin.page.waitForResponse(
        "**/admin/keys?*",
        () ->
            waiting
                .get(0)
                .fulfill(
                    new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"keys\": [], \"next\": \"more\"}")));
    admin.page.evaluate("fetch('/health').then((answer) => answer.text())");
    assertThat(waiting).hasSize(1);
  }

  @Test
  void keyIsSavedThoughAnotherListIsThereNow() {
    Answer alices = keyOf("alice", "");
    Answer bobs = keyOf("bob", "");
    Visitor admin = administrator();
    lookFor(admin, "alice");
    assertThat(row(admin, bobs)).not().isVisible();
    lookFor(admin, "bob");
    openRow(admin, bobs);
    press(opened(admin), "Edit");
    Locator dialog = admin.dialog("Edit API key");
    label(dialog, "Description (optional)").fill("weekly export");
    admin.page.goBack();
    assertThat(admin.page.locator("api-key-administration tr[data-tag]")).hasCount(1);
    assertThat(row(admin, alices)).isAttached();
    press(dialog, "Save");
    assertThat(dialog).not().isVisible();
    assertThat(status(admin)).hasText("Saved.");
    lookFor(admin, "bob");
    assertThat(row(admin, bobs)).containsText("weekly export");
  }

  @Test
  void refusalIsSaidBeforeItIsKnownWhoAdministers() {
    Visitor admin = visitor(english()).logIn("admin");
    admin.expectRefusals(404);
    holdLogin(admin, true);
    admin.open(PATH);
    admin.button("Revoke a leaked key").click();
    Locator dialog = admin.dialog("Revoke a leaked key");
    admin.page.route(
        "**/admin/revocations",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(404)
                    .setContentType("application/problem+json")
                    .setBody("{\"type\": \"urn:latchkey:no-such-key\"}")));
    label(dialog, "API key, or its SHA-256").fill("0".repeat(64));
    press(dialog, "Revoke");
    assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("This API key is gone");
  }

  /** Keeps what the page asks about who administers, who is an issuer or not. */
  private void holdLogin(Visitor admin, boolean isIssuer) {
    admin.page.route(
        "**/api-keys/admin",
        route -> {
          if (!route.request().resourceType().equals("document")) {
            waiting.add(route);
            return;
          }
          var page = route.fetch();
          String html = isIssuer ? page.text() : page.text().replace(" issuer>", ">");
          route.fulfill(new Route.FulfillOptions().setResponse(page).setBody(html));
        });
  }

  /** The example has no administrators who are no issuers, so its answers are changed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void buttonsStayWhereTheyAreWhenItIsKnownWhoAdministers(boolean isIssuer) {
    Visitor admin = visitor(english()).logIn("admin");
    holdLogin(admin, isIssuer);
    admin.open(PATH);
    Locator owner = admin.button("Look up an owner");
    owner.focus();
    BoundingBox before = owner.boundingBox();
    awaitWaiting(admin, 1);
    var answer = waiting.get(0).fetch();
    String login = answer.text().replace("\"issuer\":true", "\"issuer\":" + isIssuer);
    waiting.get(0).fulfill(new Route.FulfillOptions().setResponse(answer).setBody(login));
    assertLoaded(admin);
    assertThat(admin.button("Add API key")).isVisible(visible(isIssuer));
    assertThat(owner.boundingBox()).usingRecursiveComparison().isEqualTo(before);
    assertThat(owner).isFocused();
  }

  private static LocatorAssertions.IsVisibleOptions visible(boolean isVisible) {
    return new LocatorAssertions.IsVisibleOptions().setVisible(isVisible);
  }

  @Test
  void exportIsMadeOnceAndCanBeTriedAgain() throws Exception {
    keyOf("alice", "");
    Visitor admin = administrator();
    open(admin, "?view=events");
    admin.expectRefusals(Visitor.NO_ANSWER);
    admin.page.route("**/admin/events*", waiting::add);
    Locator export = admin.button("Export as JSON lines");
    export.click();
    awaitWaiting(admin, 1);
    assertThat(export).hasAttribute("aria-disabled", "true");
    export.dispatchEvent("click"); // a second press
    waiting.get(0).abort();
    Locator alert = admin.page.getByRole(AriaRole.ALERT);
    assertThat(alert).containsText("No answer came from the server.");
    assertThat(export).not().hasAttribute("aria-disabled", "true");
    assertThat(waiting).hasSize(1);
    admin.page.unroute("**/admin/events*");
    Download lines = admin.page.waitForDownload(() -> press(alert, "Try again"));
    assertThat(lines.suggestedFilename()).isEqualTo("events-lines.ndjson");
    assertThat(Files.readString(lines.path())).contains("\"owner\":\"alice\"");
    assertThat(alert).not().isVisible();
    assertThat(status(admin)).hasText("1 event on this page");
  }
}
