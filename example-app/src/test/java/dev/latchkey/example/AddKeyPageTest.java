package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Chromium;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Add API key", and the key that is seen once. */
class AddKeyPageTest extends PageTest {
  AddKeyPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private Answer whoami(String key) {
    return new Client(server.uri()).whoami(key);
  }

  @Test
  void menuOffersPossibleActions() {
    Visitor alice = alice();
    alice.openMenu();
    assertThat(alice.button("Add API key")).isVisible();
    assertThat(alice.button("View my API key details")).not().isVisible();
    assertThat(alice.button("Log out")).isVisible();
    alice.page.keyboard().press("Escape");
    alice.addKey("");
    alice.openMenu();
    assertThat(alice.button("Add API key")).not().isVisible();
    assertThat(alice.button("View my API key details")).isVisible();
    alice.button("Log out").click();
    assertThat(alice.button("Log in")).isVisible();
  }

  @Test
  void expirationDateIsShownInThePagesLanguageAndTheUsersZone() {
    Visitor alice = alice();
    alice.choose("Add API key");
    Locator expiration = alice.dialog("Add API key").locator("output");
    assertThat(expiration)
        .hasText("February 20, 2027 at 11:00 PM EST 2027-02-21 04:00:00 UTC"); // 90 days
    assertThat(alice.label("Validity").locator("option"))
        .hasText(
            new String[] {
              "7 days", "30 days", "60 days", "90 days", "365 days (the longest)", "Until a date…"
            });
    alice.label("Validity").selectOption("7 days");
    assertThat(expiration).hasText("November 29, 2026 at 11:00 PM EST 2026-11-30 04:00:00 UTC");

    Visitor bob = visitor(german()).logIn("bob");
    bob.choose("Add API key");
    bob.label("Validity").selectOption("7 days");
    assertThat(bob.dialog("Add API key").locator("output"))
        .hasText("November 30, 2026 at 5:00 AM GMT+1 2026-11-30 04:00:00 UTC");
  }

  @Test
  void daysCountFromTheMomentOfAdding() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.label("Description (optional)").fill("nightly export");
    alice.label("Validity").selectOption("30 days");
    advance(Duration.ofMinutes(3)); // somebody takes their time
    alice.button("Add").click();
    Answer answer = whoami(alice.shownKey());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("API-Key-Expires")).isEqualTo("Wed, 23 Dec 2026 04:03:00 GMT");
    assertThat(alice.dialog("Your API key")).containsText("2026-12-23 04:03:00 UTC");
  }

  @Test
  void longestValidityIsAllowedWithAWrongBrowserClock() {
    Visitor alice = alice();
    alice.at(NOW.plusSeconds(3600));
    alice.choose("Add API key");
    alice.label("Validity").selectOption("365 days (the longest)");
    alice.button("Add").click();
    assertThat(alice.dialog("Your API key")).containsText("2027-11-23 04:00:00 UTC");
  }

  @Test
  void lastDayIsValidUntilItsEnd() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.label("Validity").selectOption("Until a date…");
    alice.label("Last day").fill("2026-12-24");
    assertThat(alice.dialog("Add API key").locator("output"))
        .hasText("December 24, 2026 at 11:59 PM EST 2026-12-25 04:59:59 UTC");
    alice.button("Add").click();
    assertThat(whoami(alice.shownKey()).header("API-Key-Expires"))
        .isEqualTo("Fri, 25 Dec 2026 04:59:59 GMT");
  }

  /** The day on which the clocks are put back has 25 hours. */
  @Test
  void lastDayIsAllowedWhenClocksChange() {
    clock.set(Instant.parse("2026-10-26T03:30:00Z")); // 365 days later it is an hour earlier there
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.label("Validity").selectOption("Until a date…");
    alice.label("Last day").fill(alice.label("Last day").getAttribute("max"));
    alice.button("Add").click();
    assertThat(whoami(alice.shownKey()).status()).isEqualTo(200);
  }

  @Test
  void missingDateIsReportedBesideTheField() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.label("Description (optional)").fill("kept");
    alice.label("Validity").selectOption("Until a date…");
    String range = "from November 22, 2026 to November 21, 2027.";
    for (String date : new String[] {"", "2026-11-21", "2027-11-23"}) {
      alice.label("Last day").fill(date);
      alice.button("Add").click();
      assertThat(alice.label("Last day"))
          .hasAccessibleDescription(
              (date.isEmpty() ? "Choose the last day, " : "The expiration date must be ") + range);
      assertThat(alice.label("Last day")).hasAttribute("aria-invalid", "true");
      assertThat(alice.label("Last day")).isFocused();
    }
    assertThat(alice.label("Description (optional)")).hasValue("kept");
    alice.label("Last day").fill("2027-11-21");
    alice.button("Add").click();
    assertThat(whoami(alice.shownKey()).status()).isEqualTo(200);
  }

  @Test
  void keyIsCopiedAndUsed() {
    Visitor alice = alice();
    alice.allowClipboard();
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Copy to clipboard").click();
    assertThat(alice.page.getByText("Copied")).isVisible();
    assertThat(alice.clipboard()).isEqualTo(key);
    assertThat(whoami(key).get("user")).isEqualTo("alice");
    assertThat(alice.label("curl command"))
        .hasText("curl -H 'Authorization: Bearer %s' '%sapi/whoami'".formatted(key, server.uri()));
    alice.page.keyboard().press("Escape"); // nothing to ask any more
    assertThat(alice.dialog("Your API key")).not().isVisible();
    assertThat(alice.button("Profile")).isFocused();
  }

  private static void setApiUrl(Visitor visitor, String url) {
    visitor
        .page
        .locator("api-key-menu")
        .evaluate("(e, url) => e.setAttribute('api-url', url)", url);
  }

  /** The shell takes the curl line apart as it was meant, and a path leads where a link would. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/o'hara/api,/o%27hara/api",
        "/a?q='b',/a?q=%27b%27",
        "api/orders,/api/orders",
        "../up,/up",
      })
  void curlLineHoldsTheUrlOfTheApi(String apiUrl, String path) {
    Visitor alice = alice();
    setApiUrl(alice, apiUrl);
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    assertThat(alice.label("curl command"))
        .hasText(
            "curl -H 'Authorization: Bearer %s' '%s'".formatted(key, server.uri().resolve(path)));
  }

  @Test
  void wrongApiUrlDoesNotCostTheKey() {
    Visitor alice = alice();
    setApiUrl(alice, "http://");
    alice.choose("Add API key");
    alice.button("Add").click();
    assertThat(whoami(alice.shownKey()).status()).isEqualTo(200);
  }

  @Test
  void uncopiedKeyIsNotClosedByAccident() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    for (int i = 0; i < 3; i++) {
      alice.page.keyboard().press("Escape");
      assertThat(alice.page.getByText("The key has not been copied")).isVisible();
      assertThat(alice.label("API key")).hasValue(key);
    }
    alice.page.mouse().click(5, 500);
    assertThat(alice.label("API key")).hasValue(key);
    alice.button("Close").click();
    assertThat(alice.dialog("Your API key")).not().isVisible();
  }

  @Test
  void keyCopiedByHandCountsAsCopied() {
    Visitor alice = alice();
    alice.allowClipboard();
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.label("API key").focus();
    alice.page.keyboard().press("Control+a");
    alice.page.keyboard().press("Control+c");
    assertThat(alice.page.getByText("Copied")).isVisible();
    assertThat(alice.clipboard()).isEqualTo(key);
    alice.page.keyboard().press("Escape");
    assertThat(alice.dialog("Your API key")).not().isVisible();
  }

  @Test
  void keyCopiedInPartCountsAsUncopied() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.label("API key").evaluate("e => { e.focus(); e.setSelectionRange(3, 9); }");
    alice.page.keyboard().press("Control+c");
    alice.page.keyboard().press("Escape");
    assertThat(alice.page.getByText("The key has not been copied")).isVisible();
    assertThat(alice.label("API key")).hasValue(key);
  }

  @Test
  void selectionDraggedOutOfTheDialogDoesNotCloseIt() {
    Visitor alice = alice();
    alice.addKey("");
    alice.choose("View my API key details");
    assertThat(alice.dialog("My API key details")).isVisible(); // a mouse does not wait for it
    alice.page.mouse().move(640, 400);
    alice.page.mouse().down();
    alice.page.mouse().move(5, 400);
    alice.page.mouse().up();
    assertThat(alice.dialog("My API key details")).isVisible();
    alice.page.mouse().click(5, 400);
    assertThat(alice.dialog("My API key details")).not().isVisible();
  }

  @Test
  void leavingThePageBeforeCopyingAsks() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.button("Add").click();
    alice.shownKey();
    String[] asked = new String[1];
    alice.page.onDialog(
        dialog -> {
          asked[0] = dialog.type();
          dialog.accept();
        });
    alice.page.reload();
    assertThat(asked[0]).isEqualTo("beforeunload");
  }

  @Test
  void keyIsGoneAfterClose() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Close").click();
    assertThat(alice.dialog("Your API key")).not().isVisible();
    alice.assertNoTraceOf(key);
    alice.page.waitForCondition(
        () -> !alice.hasInMemory(key), // the collector takes its time, and so does each look
        new Page.WaitForConditionOptions().setTimeout(120_000));
    alice.choose("View my API key details");
    alice.assertNoTraceOf(key);
    alice.page.goBack();
    alice.page.goForward();
    alice.assertNoTraceOf(key);
  }

  /** By plain http there is no {@code navigator.clipboard}. */
  @Test
  void copyingWorksOverPlainHttp() {
    Visitor alice = plainHttp();
    alice.allowClipboard();
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    assertThat(alice.page.evaluate("isSecureContext")).isEqualTo(false);
    alice.button("Copy to clipboard").click();
    assertThat(alice.page.getByText("Copied")).isVisible();
    alice.button("Close").click();
    alice.page.navigate(server.uri().resolve("/login").toString()); // a secure context, to read it
    assertThat(alice.clipboard()).isEqualTo(key);
  }

  /** As while a browser asks whether it may, and nobody answers. */
  private static void neverAnswerOfTheClipboard(Visitor visitor) {
    visitor.page.evaluate(
        """
        () => navigator.clipboard.writeText =
          () => new Promise((resolve, reject) => Object.assign(globalThis, { resolve, reject }))
        """);
  }

  @Test
  void silentClipboardDoesNotBlockTheDialog() {
    Visitor alice = alice();
    neverAnswerOfTheClipboard(alice);
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Copy to clipboard").click();
    alice.button("Copy to clipboard").click();
    alice.page.keyboard().press("Escape");
    assertThat(alice.page.getByText("The key has not been copied")).isVisible();
    alice.button("Close").click();
    assertThat(alice.dialog("Your API key")).not().isVisible();
    alice.page.evaluate("resolve()"); // too late
    alice.choose("View my API key details");
    assertThat(alice.dialog("My API key details")).isVisible();
    alice.assertNoTraceOf(key);
  }

  @Test
  void silentClipboardIsReplacedAfterATimeout() {
    Visitor alice = alice();
    alice.allowClipboard();
    neverAnswerOfTheClipboard(alice);
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Copy to clipboard").click();
    assertThat(alice.page.getByText("Copied")).isVisible();
    assertThat(alice.button("Copy to clipboard")).isFocused();
    assertThat(alice.clipboard()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resolve", "reject"})
  void lateClipboardAnswerCounts(String answer) {
    Visitor alice = alice();
    neverAnswerOfTheClipboard(alice);
    alice.page.evaluate("document.execCommand = () => false");
    alice.choose("Add API key");
    alice.button("Add").click();
    alice.button("Copy to clipboard").click();
    Locator byHand = alice.page.getByText("copy it with Ctrl+C or ⌘C.");
    assertThat(byHand).isVisible();
    assertThat(alice.label("API key")).isFocused();
    alice.page.evaluate(answer + "()");
    if (answer.equals("resolve")) {
      assertThat(alice.page.getByText("Copied")).isVisible();
      assertThat(byHand).not().isVisible();
    } else {
      assertThat(byHand).isVisible();
    }
    alice.button("Close").click();
    assertThat(alice.dialog("Your API key")).not().isVisible();
  }

  private Visitor plainHttp() {
    URI uri = URI.create("http://" + Chromium.PLAIN_HOST + ":" + server.uri().getPort() + "/");
    return visitor(uri, english()).logIn("alice");
  }

  @Test
  void impossibleCopyIsReportedAndTheKeySelected() {
    Visitor alice = plainHttp();
    alice.page.evaluate("document.execCommand = () => false");
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Copy to clipboard").click();
    assertThat(alice.page.getByRole(AriaRole.ALERT))
        .hasText(
            "The browser does not allow copying. The key is selected: copy it with Ctrl+C or ⌘C.");
    assertThat(alice.label("API key")).isFocused();
    assertThat(
            alice.label("API key").evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)"))
        .isEqualTo(key);
  }
}
