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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * A login that ends while an administrator is at work leads back to the filters and the filled
 * dialog, does nothing by itself, and leaves nothing behind.
 */
class AdministrationDraftTest extends AdministrationPage {
  private static final String DRAFT = "sessionStorage.getItem('latchkey-draft')";

  AdministrationDraftTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  /** Presses what the server refuses, since the login has ended, and goes to log in again. */
  private static void loseLogin(Visitor admin, Locator within, String button) {
    admin.expectRefusals(401);
    admin.page.context().clearCookies();
    press(within, button);
    admin.button("Log in again").click();
    assertThat(admin.label("User name")).isVisible();
  }

  private void logInAgain(Visitor admin) {
    admin.label("User name").fill("admin");
    admin.label("Password").fill("admin");
    admin.button("Log in").click();
    assertThat(admin.page).hasURL(server.uri().resolve("/api-keys").toString());
  }

  private void comeBack(Visitor admin) {
    logInAgain(admin);
    open(admin, "");
  }

  private static void assertNoDraft(Visitor admin) {
    admin.page.waitForCondition(() -> admin.page.evaluate(DRAFT) == null);
  }

  private static Locator anyDialog(Visitor admin) {
    return admin.page.locator("api-key-administration dialog");
  }

  @Test
  void addingForAServiceGoesOnAndOnlyOnce() {
    Visitor admin = administrator();
    admin.button("Add API key").click();
    Locator dialog = admin.dialog("Add API key");
    label(dialog, "Owner").fill("svc-nightly");
    label(dialog, "A service").check();
    label(dialog, "Description (optional)").fill("nightly export");
    label(dialog, "Rights").selectOption("Only what I choose");
    label(dialog, "Read everything").check();
    label(dialog, "Reason (optional)").fill("ticket 4711");
    loseLogin(admin, dialog, "Add");
    comeBack(admin);
    assertThat(dialog).isVisible();
    assertThat(label(dialog, "Owner")).hasValue("svc-nightly");
    assertThat(label(dialog, "A service")).isChecked();
    assertThat(label(dialog, "Description (optional)")).hasValue("nightly export");
    assertThat(label(dialog, "Read everything")).isChecked();
    assertThat(label(dialog, "Reason (optional)")).hasValue("ticket 4711");
    assertThat(status(admin)).hasText("0 keys on this page");
    assertNoDraft(admin);
    admin.page.reload();
    assertLoaded(admin);
    assertThat(anyDialog(admin)).not().isVisible();
    admin.button("Add API key").click();
    assertThat(label(dialog, "Owner")).hasValue("");
  }

  @Test
  void editedKeyAndItsFilterAreThereAgain() {
    Answer key = keyOf("alice", "nightly export");
    keyOf("bob", "");
    Visitor admin = open(visitor(english()).logIn("admin"), "?owner=alice");
    openRow(admin, key);
    press(opened(admin), "Edit");
    Locator dialog = admin.dialog("Edit API key");
    label(dialog, "Description (optional)").fill("weekly export");
    loseLogin(admin, dialog, "Save");
    comeBack(admin);
    assertThat(admin.page).hasURL(server.uri().resolve(PATH + "?owner=alice").toString());
    assertThat(label(dialog, "Description (optional)")).hasValue("weekly export");
    assertThat(row(admin, key)).containsText("nightly export");
    press(dialog, "Save");
    assertThat(dialog).not().isVisible();
    assertThat(row(admin, key)).containsText("weekly export");
    assertThat(details(admin, key)).isFocused();
  }

  @Test
  void keyThatIsGoneIsSaidToBe() {
    Answer key = keyOf("alice", "");
    Visitor admin = administrator();
    openRow(admin, key);
    press(opened(admin), "Delete");
    Locator dialog = admin.dialog("Delete API key?");
    label(dialog, "Reason (optional)").fill("left the team");
    loseLogin(admin, dialog, "Delete");
    Client.loggedIn(server.uri(), "alice").call("DELETE", "api-keys/" + key.get("tag")).send();
    admin.expectRefusals(401, 404);
    comeBack(admin);
    assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("This API key is gone");
    assertThat(button(dialog, "Delete")).not().isVisible();
  }

  /** The word was typed for another count. */
  @Test
  void bulkRevocationCountsAgainAndWaitsForItsWord() {
    Client client = Client.loggedIn(server.uri(), "admin");
    Answer first = keyOfService(client, "svc-a", "");
    Visitor admin = open(visitor(english()).logIn("admin"), "?ownerPrefix=svc-");
    admin.button("Revoke all that are found…").click();
    Locator dialog = admin.dialog("Revoke all keys that are found");
    assertThat(dialog).containsText("1 key will be revoked");
    label(dialog, "Type “revoke” to confirm").fill("revoke");
    label(dialog, "Reason (optional)").fill("clean-up");
    loseLogin(admin, dialog, "Revoke all");
    Answer second = keyOfService(client, "svc-b", "");
    List<String> sent = new CopyOnWriteArrayList<>();
    admin.page.onRequest(
        request -> {
          if (request.url().endsWith("/revocations")) {
            sent.add(request.postData());
          }
        });
    comeBack(admin);
    assertThat(dialog).containsText("2 keys will be revoked");
    assertThat(label(dialog, "Reason (optional)")).hasValue("clean-up");
    assertThat(label(dialog, "Type “revoke” to confirm")).hasValue("");
    press(dialog, "Revoke all");
    assertThat(label(dialog, "Type “revoke” to confirm")).hasAttribute("aria-invalid", "true");
    assertThat(sent).singleElement().asString().contains("\"dryRun\":true");
    assertThat(List.of(first, second)).allMatch(this::isLive);
    label(dialog, "Type “revoke” to confirm").fill("revoke");
    press(dialog, "Revoke all");
    assertThat(dialog).containsText("2 keys were revoked.");
    assertThat(List.of(first, second)).noneMatch(this::isLive);
  }

  /** In the midst of many portions: what is left is counted before it goes on. */
  @Test
  void bulkRevocationThatWasCutOffCountsWhatIsLeft() {
    Answer left = keyOf("alice", "");
    Visitor admin = open(visitor(english()).logIn("admin"), "?owner=alice");
    admin.page.route(
        "**/admin/revocations",
        route -> {
          if (route.request().postData().contains("dryRun")) {
            route.resume();
          } else {
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"revoked\":10000,\"keys\":[],\"more\":true}"));
            admin.page.unroute("**/admin/revocations");
          }
        });
    admin.button("Revoke all that are found…").click();
    Locator dialog = admin.dialog("Revoke all keys that are found");
    label(dialog, "Type “revoke” to confirm").fill("revoke");
    loseLogin(admin, dialog, "Revoke all");
    comeBack(admin);
    assertThat(dialog).containsText("1 key will be revoked");
    assertThat(isLive(left)).isTrue();
  }

  @Test
  void auditsFiltersAreThereAgain() {
    Answer key = keyOf("alice", "");
    keyOf("bob", "");
    Visitor admin = open(visitor(english()).logIn("admin"), "?view=events");
    label(filters(admin), "Owner").fill("alice");
    label(filters(admin), "What was done").selectOption("Key added");
    loseLogin(admin, filters(admin), "Search");
    comeBack(admin);
    assertThat(status(admin)).hasText("1 event on this page");
    assertThat(admin.page)
        .hasURL(
            server.uri().resolve(PATH + "?view=events&owner=alice&action=key.added").toString());
    assertThat(label(filters(admin), "Owner")).hasValue("alice");
    assertThat(anyDialog(admin)).not().isVisible();
    assertThat(admin.page.locator("api-key-administration tbody")).containsText(key.get("tag"));
    assertNoDraft(admin);
  }

  @Test
  void leakedKeyIsNotWrittenDown() {
    String key = keyOf("alice", "").get("key");
    Visitor admin = administrator();
    admin.button("Revoke a leaked key").click();
    Locator dialog = admin.dialog("Revoke a leaked key");
    label(dialog, "API key, or its SHA-256").fill(key);
    label(dialog, "Reason (optional)").fill("in a public repository");
    loseLogin(admin, dialog, "Revoke");
    assertThat((String) admin.page.evaluate(DRAFT))
        .contains("in a public repository")
        .doesNotContain(key);
    comeBack(admin);
    assertThat(label(dialog, "Reason (optional)")).hasValue("in a public repository");
    assertThat(label(dialog, "API key, or its SHA-256")).hasValue("");
    admin.assertNoTraceOf(key);
  }

  @Test
  void ownersDialogGoesOn() {
    Answer key = keyOf("bob", "");
    Visitor admin = administrator();
    press(row(admin, key), "bob");
    Locator dialog = admin.dialog("Owner \u2068bob\u2069");
    press(dialog, "Delete owner");
    label(dialog, "Type “delete” to confirm").fill("delete");
    label(dialog, "Reason (optional)").fill("left on Friday");
    loseLogin(admin, dialog, "Delete owner");
    comeBack(admin);
    assertThat(label(dialog, "Reason (optional)")).hasValue("left on Friday");
    assertThat(label(dialog, "Type “delete” to confirm")).hasValue("");
    press(dialog, "Cancel");
    press(dialog, "Disable owner");
    label(dialog, "Reason (optional)").fill("on leave");
    loseLogin(admin, dialog, "Disable owner");
    comeBack(admin);
    assertThat(label(dialog, "Reason (optional)")).hasValue("on leave");
    assertThat(isLive(key)).isTrue();
    press(dialog, "Disable owner");
    assertThat(dialog).containsText("The owner is disabled.");
  }

  /** The example has one administrator, so what the server says of the login is changed. */
  @Test
  void anotherAdministratorIsNotLedThere() {
    Visitor admin = open(visitor(english()).logIn("admin"), "?status=active");
    admin.button("Add API key").click();
    Locator dialog = admin.dialog("Add API key");
    label(dialog, "Owner").fill("svc-nightly");
    loseLogin(admin, dialog, "Add");
    logInAgain(admin);
    admin.page.route("**/api-keys/admin", AdministrationDraftTest::asAnother);
    open(admin, "");
    assertNoDraft(admin);
    assertThat(anyDialog(admin)).not().isVisible();
    assertThat(admin.page).hasURL(server.uri().resolve(PATH).toString());
    admin.button("Add API key").click();
    assertThat(label(dialog, "Owner")).hasValue("");
  }

  private static void asAnother(Route route) {
    if (route.request().resourceType().equals("document")) {
      route.resume();
    } else {
      var response = route.fetch();
      String text =
          response.text().replace("\"administrator\":\"admin\"", "\"administrator\":\"root\"");
      route.fulfill(new Route.FulfillOptions().setResponse(response).setBody(text));
    }
  }
}
