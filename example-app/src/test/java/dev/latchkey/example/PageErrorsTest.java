package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says when something is refused, or fails. */
class PageErrorsTest extends PageTest {
  private static final String KEYS = "**/api-keys";

  PageErrorsTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private static Locator alert(Visitor visitor) {
    return visitor.page.getByRole(AriaRole.ALERT);
  }

  @Test
  void secondTabThatAddsLearnsOfTheFirst() {
    Visitor alice = alice();
    alice.expectRefusals(409);
    alice.choose("Add API key");
    alice.label("Description (optional)").fill("from the first tab");
    otherTab(alice).addKey("from the second tab");
    alice.button("Add").click();
    assertThat(alert(alice)).containsText("You have as many API keys as you may have.");
    assertThat(alice.label("Description (optional)")).hasValue("from the first tab");
    alice.button("View my API key details").click();
    assertThat(alice.dialog("My API key details")).containsText("from the second tab");
  }

  /** An answer to a menu that was closed is not one to the menu that is open now. */
  @Test
  void lateRefusalLeavesTheMenuThatWasReopened() {
    Visitor alice = alice();
    alice.expectRefusals(503);
    alice.openMenu(); // the icon has looked for expired keys by then
    alice.page.keyboard().press("Escape");
    List<Route> first = new ArrayList<>();
    alice.page.route(
        KEYS,
        route -> {
          if (first.isEmpty()) {
            first.add(route);
          } else {
            route.resume();
          }
        });
    alice.button("Profile").click();
    alice.page.waitForCondition(() -> !first.isEmpty());
    alice.page.keyboard().press("Escape");
    alice.openMenu();
    assertThat(alice.button("Add API key")).isVisible();
    alice.page.waitForResponse(
        KEYS, () -> first.get(0).fulfill(new Route.FulfillOptions().setStatus(503)));
    alice.page.waitForResponse("**/health", () -> alice.page.evaluate("fetch('/health')"));
    assertThat(alice.button("Add API key")).isVisible();
    assertThat(alert(alice)).hasCount(0);
  }

  @ParameterizedTest
  @CsvSource({
    "Edit, Save, Delete", "Edit, Save, Reissue",
    "Reissue, Reissue, Delete", "Reissue, Reissue, Reissue",
    "Delete, Delete, Delete", "Delete, Delete, Reissue",
  })
  void keyThatIsGoneMakesWayForThoseThatThereAre(String open, String press, String elsewhere) {
    Visitor alice = alice();
    alice.expectRefusals(404);
    String key = alice.addKey("nightly export");
    alice.choose("View my API key details");
    alice.button(open).click();
    Visitor otherTab = otherTab(alice);
    otherTab.choose("View my API key details");
    otherTab.button(elsewhere).click();
    otherTab.button(elsewhere).click();
    assertThat(otherTab.button("Close")).isVisible(); // it is done
    alice.button(press).click();
    assertThat(alert(alice)).hasText("This API key is gone: it was deleted or reissued elsewhere.");
    assertThat(alice.dialog("My API key details"))
        .containsText(elsewhere.equals("Delete") ? "You have no API key." : "nightly export");
    assertThat(alice.dialog("My API key details")).not().containsText(key.substring(48));
    if (elsewhere.equals("Reissue")) { // what is shown can be worked with
      alice.button("Delete").click();
      alice.button("Delete").click();
      assertThat(alice.dialog("My API key details")).containsText("The API key was deleted.");
    }
  }

  /** The key is gone, and what there is instead cannot be told: not an end either. */
  @Test
  void keyDeletedDuringAnOutageIsReportedWhenItEnds() {
    Visitor alice = alice();
    alice.expectRefusals(404, Visitor.NO_ANSWER);
    alice.addKey("");
    alice.choose("View my API key details");
    alice.button("Edit").click();
    Visitor otherTab = otherTab(alice);
    otherTab.choose("View my API key details");
    otherTab.button("Delete").click();
    otherTab.button("Delete").click();
    assertThat(otherTab.dialog("My API key details")).containsText("You have no API key.");
    alice.page.route(KEYS, Route::abort);
    alice.button("Save").click();
    assertThat(alert(alice)).containsText("No answer came from the server.");
    alice.page.unroute(KEYS);
    alice.button("Save").click();
    assertThat(alert(alice)).containsText("This API key is gone");
    assertThat(alice.dialog("My API key details")).containsText("You have no API key.");
  }

  @Test
  void doubleClickAddsOneKeyAndShowsIt() {
    Visitor alice = alice();
    List<Route> posts = new ArrayList<>();
    alice.page.route(
        KEYS,
        route -> {
          if (route.request().method().equals("POST")) {
            posts.add(route); // answered when the second click is done
          } else {
            route.resume();
          }
        });
    alice.choose("Add API key");
    alice.button("Add").dblclick();
    alice.page.keyboard().press("Escape"); // would lose the key that is under way
    alice.page.waitForCondition(() -> !posts.isEmpty());
    assertThat(alice.button("Add")).hasAttribute("aria-disabled", "true");
    posts.forEach(Route::resume);
    assertThat(new Client(server.uri()).whoami(alice.shownKey()).status()).isEqualTo(200);
    assertThat(posts).hasSize(1);
  }

  @Test
  void lostSessionLeadsToTheLoginAndBack() {
    Visitor alice = alice();
    alice.expectRefusals(401);
    alice.choose("Add API key");
    alice.label("Description (optional)").fill("kept");
    Visitor otherTab = otherTab(alice);
    otherTab.openMenu();
    otherTab.button("Log out").click();
    assertThat(otherTab.button("Log in")).isVisible();
    alice.button("Add").click();
    assertThat(alert(alice)).containsText("Your login has ended. Log in again to go on.");
    assertThat(alice.label("Description (optional)")).hasValue("kept");
    alice.button("Log in again").click();
    alice.label("User name").fill("alice");
    alice.label("Password").fill("alice");
    alice.button("Log in").click();
    assertThat(alice.page.getByText("Hello, alice")).isVisible();
    assertThat(alice.dialog("Add API key")).isVisible();
    assertThat(alice.label("Description (optional)")).hasValue("kept");
  }

  @Test
  void servletsPageLeadsToTheLoginAndBack() {
    Visitor alice = visitor(english());
    alice.expectRefusals(401);
    alice.open("/api-keys");
    assertThat(alice.page.getByRole(AriaRole.HEADING)).hasText("You are not logged in");
    alice.page.getByRole(AriaRole.LINK).click();
    alice.label("User name").fill("alice");
    alice.label("Password").fill("wrong");
    alice.button("Log in").click();
    alice.label("User name").fill("alice");
    alice.label("Password").fill("alice");
    alice.button("Log in").click();
    assertThat(alice.page.getByRole(AriaRole.HEADING)).hasText("API key");
    assertThat(alice.page.url()).isEqualTo(server.uri() + "api-keys");
  }

  @Test
  void outageKeepsTypedText() {
    server.close();
    try (MariaDbServer own = new MariaDbServer(MariaDbBinaries.bundled())) {
      start(own.url(own.newDatabase()));
      Visitor alice = alice();
      alice.expectRefusals(503);
      alice.choose("Add API key");
      alice.label("Description (optional)").fill("nightly export");
      alice.label("Validity").selectOption("30 days");
      own.kill();
      alice.button("Add").click();
      assertThat(alert(alice))
          .hasText(
              "API keys are not available right now. Try again in a moment. What you typed is"
                  + " kept.");
      assertThat(alice.label("Description (optional)")).hasValue("nightly export");
      assertThat(alice.label("Validity")).hasValue("30");
      own.restart();
      alice.page.waitForCondition(
          () -> {
            alice.button("Add").click();
            alice.page.waitForCondition(
                () -> alert(alice).isVisible() || alice.dialog("Your API key").isVisible());
            return alice.dialog("Your API key").isVisible();
          });
      assertThat(new Client(server.uri()).whoami(alice.shownKey()).status()).isEqualTo(200);
    }
  }

  @Test
  void fieldErrorIsShownBesideTheField() {
    Visitor alice = alice();
    alice.expectRefusals(400);
    alice.choose("Add API key");
    alice.label("Description (optional)").fill("x".repeat(201));
    alice.button("Add").click();
    assertThat(alice.label("Description (optional)"))
        .hasAccessibleDescription("The description must have at most 200 characters; it has 201.");
    assertThat(alice.label("Description (optional)")).isFocused();
    alice.label("Description (optional)").fill("\uD83D\uDD11".repeat(200));
    alice.button("Add").click();
    assertThat(alice.dialog("Your API key")).isVisible();
  }

  @Test
  void missingAnswerIsReportedAndNothingLost() {
    Visitor alice = alice();
    alice.expectRefusals(Visitor.NO_ANSWER);
    alice.choose("Add API key");
    alice.label("Description (optional)").fill("kept");
    alice.page.route(KEYS, Route::abort);
    alice.button("Add").click();
    assertThat(alert(alice)).containsText("No answer came from the server.");
    assertThat(alice.label("Description (optional)")).hasValue("kept");
    alice.page.unroute(KEYS);
    alice.button("Add").click();
    assertThat(alice.dialog("Your API key")).isVisible();
  }

  /** What was changed is said, whatever comes after; and to leave needs nobody. */
  @Test
  void outageAfterAChangeDoesNotUndoIt() {
    Visitor alice = alice();
    alice.addKey("nightly export");
    alice.choose("View my API key details");
    alice.page.route(KEYS, Route::abort); // the list, not the key
    alice.button("Edit").click();
    alice.label("Description (optional)").fill("weekly export");
    alice.button("Save").click();
    assertThat(alice.dialog("My API key details")).containsText("Saved.");
    assertThat(alice.dialog("My API key details")).containsText("weekly export");
    alice.button("Delete").click();
    alice.button("Cancel").click();
    assertThat(alice.dialog("My API key details")).containsText("weekly export");
    alice.button("Delete").click();
    alice.button("Delete").click();
    assertThat(alice.dialog("My API key details")).containsText("The API key was deleted.");
  }

  /** As pages do that are drawn anew by a framework. */
  @Test
  void componentWorksAfterRemovalAndReinsertion() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.page.evaluate(
        "const menu = document.querySelector('api-key-menu');"
            + " const parent = menu.parentNode; menu.remove(); parent.append(menu)");
    assertThat(alice.dialog("Add API key")).not().isVisible();
    alice.choose("Add API key");
    assertThat(alice.dialog("Add API key")).isVisible();
    alice.button("Add").click();
    assertThat(alice.dialog("Your API key")).isVisible();
  }

  /** As containers do whose logins are pages. */
  @Test
  void loginPageAsAnswerIsALostSession() {
    Visitor alice = alice();
    alice.page.route(
        KEYS,
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/html").setBody("<h1>Log in</h1>")));
    alice.openMenu();
    assertThat(alert(alice)).containsText("Your login has ended.");
    assertThat(alice.button("Log in again")).isVisible();
  }

  /** As frameworks write theirs. */
  @Test
  void foreignRefusalIsReportedToo() {
    Visitor alice = alice();
    alice.expectRefusals(403);
    alice.choose("Add API key");
    alice.page.route(
        KEYS,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(403)
                    .setContentType("application/json")
                    .setBody("{\"status\":403,\"error\":\"Forbidden\",\"errors\":{}}")));
    alice.button("Add").click();
    assertThat(alert(alice)).containsText("The server answered with status 403.");
  }

  /** The second opening's answer counts, whichever comes first. */
  @Test
  void lateAnswerDoesNotReplaceTheMenu() {
    Visitor alice = alice();
    List<Route> late = new ArrayList<>();
    List<String> finished = new ArrayList<>();
    alice.page.onRequestFinished(request -> finished.add(request.url()));
    alice.page.route(
        KEYS,
        route -> {
          if (late.isEmpty()) {
            late.add(route);
          } else {
            route.resume();
          }
        });
    alice.button("Profile").click();
    alice.page.waitForCondition(() -> !late.isEmpty());
    alice.page.keyboard().press("Escape");
    alice.openMenu();
    alice.page.keyboard().press("ArrowDown");
    assertThat(alice.button("Add API key")).isFocused();
    finished.clear();
    late.get(0).resume();
    alice.page.waitForCondition(() -> finished.stream().anyMatch(url -> url.endsWith("/api-keys")));
    alice.page.evaluate("fetch('/health').then((response) => response.text())"); // and is read
    assertThat(alice.button("Add API key")).isFocused();
  }
}
