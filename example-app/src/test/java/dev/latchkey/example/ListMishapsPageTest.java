package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list where somebody wants what cannot be, and where answers come late. */
class ListMishapsPageTest extends ListPage {
  private static final String LIST = "document.querySelector('api-key-list')";

  ListMishapsPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @Test
  void hostThatOpensTheDialogInVainLeadsToTheReason() {
    restartWithMaxKeys(1);
    alicesScript().add("{}");
    Visitor alice = open(alice());
    alice.page.evaluate(LIST + ".openAdd()");
    assertThat(
            list(alice)
                .getByText("You have the one API key that you may have. Delete it to add another."))
        .isFocused();
    assertThat(alice.page.locator("dialog[open]")).hasCount(0);
  }

  /** Else a key that was deleted would come back. */
  @Test
  void answerFromBeforeAChangeIsNotShown() {
    Client script = alicesScript();
    script.add("{\"description\":\"one\"}");
    script.add("{\"description\":\"two\"}");
    script.add("{\"description\":\"three\"}");
    Visitor alice = open(alice());
    List<Runnable> answers = new ArrayList<>();
    alice.page.route(
        "**/api-keys",
        route -> {
          if (route.request().headers().containsKey("x-list")) { // the menu asks, too
            APIResponse old = route.fetch();
            answers.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(old)));
          } else {
            route.resume();
          }
        });
    alice.page.evaluate(LIST + ".requestHeaders = () => ({ 'X-List': '1' })");
    alice.page.evaluate(
        """
        document.dispatchEvent(
          new CustomEvent("api-key-edited", { detail: { key: { owner: "alice" } } }))
        """);
    alice.page.waitForCondition(() -> answers.size() == 1);
    toggle(row(alice, "two")).click();
    button(list(alice), "Delete").click();
    button(alice.page.locator("dialog[open]"), "Delete").click();
    assertThat(rows(alice)).hasCount(2);
    answers.get(0).run();
    alice.page.waitForCondition(() -> answers.size() == 2);
    assertThat(rows(alice)).hasCount(2);
    answers.get(1).run();
    alice.page.waitForRequest("**/health", () -> alice.page.evaluate("fetch('/health')"));
    assertThat(rows(alice)).hasCount(2);
    assertThat(row(alice, "two")).hasCount(0);
  }

  /** The list is loaded anew while a dialog is open in it that is still the former user's. */
  @Test
  void openDialogDoesNotActForTheNextUser() {
    Visitor alice = open(alice());
    button(list(alice), "Add API key").click();
    assertThat(alice.dialog("Add API key")).isVisible();
    Visitor bob = otherTab(alice).logIn("bob");
    alice.page.waitForResponse(
        "**/api-keys",
        () ->
            alice.page.evaluate(
                """
                document.dispatchEvent(
                  new CustomEvent("api-key-edited", { detail: { key: { owner: "alice" } } }))
                """));
    alice.page.waitForRequest("**/health", () -> alice.page.evaluate("fetch('/health')"));
    button(alice.dialog("Add API key"), "Add").click();
    assertThat(alice.page.getByRole(AriaRole.ALERT))
        .containsText("In another tab \u2068bob\u2069 has logged in instead of");
    bob.openMenu();
    assertThat(bob.button("View my API key details")).not().isVisible(); // he has none
  }

  /** Rows are else made as somebody scrolls to them. */
  @Test
  void paperHasAllKeysAndNothingToPress() {
    restartWithMaxKeys(100);
    Client script = alicesScript();
    for (int number = 0; number < 100; number++) {
      script.add("{\"description\":\"key %d\"}".formatted(number));
    }
    Visitor alice = open(alice());
    assertThat(rows(alice).count()).isLessThan(100);
    alice.page.pdf();
    assertThat(rows(alice)).hasCount(100);
    alice.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(descriptions(alice).last()).isVisible();
    assertThat(head(alice, "Description")).containsText("Description");
    assertThat(button(list(alice), "Description")).isVisible();
    assertThat(button(list(alice), "Add API key")).not().isVisible();
    assertThat(alice.label("Search")).not().isVisible();
    assertThat(toggle(rows(alice).first())).not().isVisible();
  }

  /** At 360 pixels it would else go on the next line without its sign. */
  @Test
  void timeZoneStaysOnItsLine() {
    alicesScript().add("{}");
    Visitor alice = open(visitor(english().setTimezoneId("America/Lima")).logIn("alice"));
    assertThat(list(alice).locator("time").first()).containsText("GMT\u20115");
  }

  /** A proxy may leave out what tells the time. */
  @Test
  void answerWithoutADateLeavesTheClock() {
    Visitor alice = open(alice());
    Object lead =
        alice.page.evaluate(
            """
            async () => {
              const { clock } = await import("/api-keys/assets/common.js");
              clock.learn(new Date(Date.now() + 3_600_000).toUTCString());
              clock.learn(null);
              clock.learn("soon");
              return Math.round(clock.lead / 60_000);
            }
            """);
    assertThat(lead).isEqualTo(60);
  }

  /** The type of a problem may be anything. */
  @Test
  void wordThatEveryObjectHasIsNone() {
    Visitor alice = open(alice());
    Object has =
        alice.page.evaluate(
            """
            async () => {
              const { englishWords } = await import("/api-keys/assets/common.js");
              return ["constructor", "toString", "__proto__", "close"]
                .filter((name) => englishWords.has(name)).join();
            }
            """);
    assertThat(has).isEqualTo("close");
  }
}
