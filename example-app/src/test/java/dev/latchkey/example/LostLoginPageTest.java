package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Route;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A login that ends while somebody fills in a dialog leads back to it, and leaves nothing behind.
 */
class LostLoginPageTest extends PageTest {
  private static final String DRAFT = "sessionStorage.getItem('latchkey-draft')";

  LostLoginPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  /** At a dialog that is filled in, and cannot be sent. */
  private Visitor aliceWithoutLogin(String description) {
    Visitor alice = alice();
    alice.expectRefusals(401);
    alice.choose("Add API key");
    alice.label("Description (optional)").fill(description);
    alice.label("Validity").selectOption("Until a date…");
    alice.label("Last day").fill("2026-12-24");
    alice.label("Rights").selectOption("Only what I choose");
    alice.label("Read your orders").check();
    alice.page.context().clearCookies();
    alice.button("Add").click();
    alice.button("Log in again").click();
    assertThat(alice.button("Log in")).isVisible();
    return alice;
  }

  private static void logIn(Visitor visitor, String user) {
    visitor.page.getByLabel("User name").fill(user);
    visitor.page.getByLabel("Password").fill(user);
    visitor.button("Log in").click();
  }

  @Test
  void loginLeadsBackToTheFilledDialog() {
    Visitor alice = aliceWithoutLogin("nightly export");
    logIn(alice, "alice");
    assertThat(alice.dialog("Add API key")).isVisible();
    assertThat(alice.label("Description (optional)")).hasValue("nightly export");
    assertThat(alice.label("Last day")).hasValue("2026-12-24");
    assertThat(alice.label("Read your orders")).isChecked();
    assertThat(alice.page.evaluate(DRAFT)).isNull();
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Copy to clipboard").click();
    alice.button("Close").click();
    alice.assertNoTraceOf(key);
    alice.choose("View my API key details");
    assertThat(alice.dialog("My API key details")).containsText("nightly export");
    assertThat(alice.dialog("My API key details")).containsText("Read your orders");
  }

  @Test
  void editedKeyIsFoundAgain() {
    Visitor alice = alice();
    alice.expectRefusals(401);
    alice.addKey("first words");
    alice.choose("View my API key details");
    alice.button("Edit").click();
    alice.label("Description (optional)").fill("second thoughts");
    alice.page.context().clearCookies();
    alice.button("Save").click();
    alice.button("Log in again").click();
    logIn(alice, "alice");
    assertThat(alice.dialog("Edit API key")).isVisible();
    assertThat(alice.label("Description (optional)")).hasValue("second thoughts");
    assertThat(alice.label("Validity")).hasValue("keep");
  }

  @Test
  void draftOfAKeyThatIsGoneFillsInNoOther() {
    Visitor alice = alice();
    alice.expectRefusals(401);
    alice.addKey("first");
    alice.choose("View my API key details");
    alice.button("Edit").click();
    alice.label("Description (optional)").fill("second thoughts");
    alice.page.context().clearCookies();
    alice.button("Save").click();
    alice.button("Log in again").click();
    Visitor elsewhere = alice();
    elsewhere.choose("View my API key details");
    elsewhere.button("Delete").click();
    elsewhere.button("Delete").click();
    elsewhere.button("Close").click();
    elsewhere.addKey("another");
    logIn(alice, "alice");
    assertThat(alice.dialog("My API key details")).containsText("another");
    alice.button("Edit").click();
    assertThat(alice.label("Description (optional)")).hasValue("another");
  }

  @Test
  void draftIsRemovedWhenItIsTooOld() {
    Visitor alice = aliceWithoutLogin("nightly export");
    advance(Duration.ofMinutes(16));
    logIn(alice, "alice");
    alice.page.waitForCondition(() -> alice.page.evaluate(DRAFT) == null);
    assertThat(alice.page.locator("api-key-menu dialog")).not().isVisible();
  }

  /** A proxy may drop the header that tells who is logged in. */
  @Test
  void nobodysDraftIsForNobody() {
    Visitor visitor = alice();
    visitor.page.route("**/api-keys", LostLoginPageTest::withoutOwner);
    visitor.page.evaluate(
        """
        sessionStorage.setItem("latchkey-draft", JSON.stringify({ element: "api-key-menu", owner: "",
          view: "add", until: Date.now() + 60000, controls: [{ id: "description", value: "plans" }] }))
        """);
    visitor.page.reload();
    visitor.page.waitForCondition(() -> visitor.page.evaluate(DRAFT) == null);
    assertThat(visitor.page.locator("api-key-menu dialog")).not().isVisible();
  }

  private static void withoutOwner(Route route) {
    APIResponse response = route.fetch();
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.remove("api-key-owner");
    route.fulfill(new Route.FulfillOptions().setResponse(response).setHeaders(headers));
  }

  @Test
  void whatMayBeASecretIsNotWrittenDown() {
    String secret = "lk_" + "0aB".repeat(16) + "Z";
    Visitor alice = aliceWithoutLogin("is it " + secret + "?");
    assertThat((String) alice.page.evaluate(DRAFT)).contains("2026-12-24").doesNotContain(secret);
    logIn(alice, "alice");
    assertThat(alice.dialog("Add API key")).isVisible();
    assertThat(alice.label("Description (optional)")).hasValue("");
  }

  @Test
  void anotherUserIsNotLedToTheDialog() {
    Visitor visitor = aliceWithoutLogin("alice's plans");
    logIn(visitor, "bob");
    visitor.page.waitForCondition(() -> visitor.page.evaluate(DRAFT) == null);
    assertThat(visitor.page.locator("api-key-menu dialog")).not().isVisible();
    visitor.choose("Add API key");
    assertThat(visitor.label("Description (optional)")).hasValue("");
  }
}
