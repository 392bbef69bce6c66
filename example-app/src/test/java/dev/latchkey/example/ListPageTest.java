package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One's own keys at a glance, and what can be done without leaving a row. */
class ListPageTest extends ListPage {
  ListPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private static Locator details(Visitor visitor) {
    return list(visitor).locator("tr.opened, .card");
  }

  private Visitor aliceWithThreeKeys() {
    Client script = alicesScript();
    script.add("{\"description\":\"weekly report\",\"expiresInDays\":30}");
    clock.advance(Duration.ofSeconds(1));
    script.add("{\"description\":\"CI\",\"expiresInDays\":3,\"scopes\":[\"orders:read\"]}");
    clock.advance(Duration.ofSeconds(1));
    script.add("{\"description\":\"nightly export\",\"expiresInDays\":300}");
    return open(alice());
  }

  @Test
  void firstTimeSaysWhatAKeyIsFor() {
    Visitor alice = open(alice());
    assertThat(list(alice)).containsText("You have no API key yet");
    assertThat(list(alice)).containsText("Logged in as \u2068alice\u2069");
    button(list(alice), "Add API key").click();
    alice.label("Description (optional)").fill("my first");
    alice.button("Add").click();
    String key = alice.shownKey();
    assertThat(new Client(server.uri()).whoami(key).status()).isEqualTo(200);
    alice.button("Close").click();
    assertThat(list(alice)).not().containsText("You have no API key yet");
    assertThat(details(alice)).containsText("my first");
    assertThat(list(alice)).containsText("1 of 5 keys");
    assertThat(button(list(alice), "Add API key")).isFocused();
    alice.assertNoTraceOf(key);
  }

  @Test
  void rowsTellWhatMattersOfEachKey() {
    Visitor alice = aliceWithThreeKeys();
    assertThat(list(alice)).containsText("3 of 5 keys");
    assertThat(descriptions(alice))
        .hasText(new String[] {"nightly export", "CI", "weekly report"}); // newest first
    assertThat(row(alice, "CI").locator("td"))
        .containsText(
            new String[] {
              "CI", "ActiveExpires soon", "Read your orders", "never", "November 25, 2026in 3 days"
            });
    assertThat(row(alice, "weekly report").locator("td.scopes")).hasText("All my rights");
    assertThat(rows(alice).locator("code").first()).containsText("lk_…");
  }

  @Test
  void headsSort() {
    Visitor alice = aliceWithThreeKeys();
    button(list(alice), "Description").click();
    assertThat(descriptions(alice)).hasText(new String[] {"CI", "nightly export", "weekly report"});
    assertThat(head(alice, "Description")).hasAttribute("aria-sort", "ascending");
    button(list(alice), "Description").click();
    assertThat(descriptions(alice)).hasText(new String[] {"weekly report", "nightly export", "CI"});
    assertThat(head(alice, "Description")).hasAttribute("aria-sort", "descending");
    assertThat(button(list(alice), "Description")).isFocused();
    button(list(alice), "Expires").click();
    assertThat(descriptions(alice)).hasText(new String[] {"CI", "weekly report", "nightly export"});
    assertThat(list(alice).locator("[aria-sort]")).hasCount(1);
    button(list(alice), "Status").click();
    assertThat(descriptions(alice).first()).hasText("CI"); // expires soon
    button(list(alice), "Rights").click();
    assertThat(descriptions(alice).first()).hasText("CI"); // may do least
  }

  @Test
  void searchFindsDescriptionsHintsAndTags() {
    Visitor alice = aliceWithThreeKeys();
    Locator search = alice.label("Search");
    search.pressSequentially("NIGHT");
    assertThat(descriptions(alice)).hasText(new String[] {"nightly export"});
    assertThat(list(alice)).containsText("1 key found");
    assertThat(search).isFocused();
    search.fill("no such thing");
    assertThat(rows(alice)).hasCount(0);
    assertThat(list(alice)).containsText("0 keys found");
    search.fill("");
    assertThat(rows(alice)).hasCount(3);
    String hint = row(alice, "CI").locator("code").textContent();
    search.fill(hint.substring(hint.length() - 4));
    assertThat(descriptions(alice)).hasText(new String[] {"CI"});
    toggle(row(alice, "CI")).click();
    String tag = details(alice).locator("dt:text-is('Tag') + dd").textContent();
    assertThat(list(alice).locator("tr.key")).not().containsText(tag); // in the details alone
    search.fill(tag);
    assertThat(descriptions(alice)).hasText(new String[] {"CI"});
  }

  @Test
  void editingKeepsRowFocusAndPlace() {
    Visitor alice = aliceWithThreeKeys();
    button(list(alice), "Description").click();
    toggle(row(alice, "CI")).click();
    alice.page.evaluate("scrollTo(0, 90)");
    button(details(alice), "Edit").click();
    alice.label("Description (optional)").fill("zzz");
    alice.button("Save").click();
    assertThat(descriptions(alice))
        .hasText(new String[] {"zzz", "nightly export", "weekly report"}); // where the eye is
    assertThat(details(alice)).containsText("zzz");
    assertThat(list(alice).getByRole(AriaRole.STATUS)).hasText("Saved.");
    assertThat(button(details(alice), "Edit")).isFocused();
  }

  @Test
  void reissuedKeyStaysInItsRow() {
    Visitor alice = aliceWithThreeKeys();
    toggle(row(alice, "CI")).click();
    String tag = details(alice).locator("dt:text-is('Tag') + dd").textContent();
    button(details(alice), "Reissue").click();
    alice.page.locator("dialog[open]").getByText("Reissue", exactly()).last().click();
    String key = alice.shownKey();
    alice.button("Close").click();
    assertThat(descriptions(alice)).hasText(new String[] {"nightly export", "CI", "weekly report"});
    assertThat(row(alice, "CI")).containsText(key.substring(key.length() - 4));
    assertThat(details(alice).locator("dt:text-is('Tag') + dd")).not().hasText(tag);
    assertThat(button(details(alice), "Reissue")).isFocused();
    alice.assertNoTraceOf(key);
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  void deletedKeyLeavesTheFocusToTheNext() {
    Visitor alice = aliceWithThreeKeys();
    toggle(row(alice, "CI")).click();
    button(details(alice), "Delete").click();
    button(alice.page.locator("dialog[open]"), "Cancel").click();
    assertThat(button(details(alice), "Delete")).isFocused();
    button(details(alice), "Delete").click();
    button(alice.page.locator("dialog[open]"), "Delete").click();
    assertThat(descriptions(alice)).hasText(new String[] {"nightly export", "weekly report"});
    assertThat(list(alice)).containsText("The API key was deleted.");
    assertThat(list(alice)).containsText("2 of 5 keys");
    assertThat(toggle(row(alice, "weekly report"))).isFocused();
  }

  @Test
  void onlyKeyIsPlain() {
    restartWithMaxKeys(1);
    alicesScript().add("{\"description\":\"nightly export\"}");
    Visitor alice = open(alice());
    assertThat(list(alice).locator("table")).not().isAttached();
    assertThat(alice.label("Search")).not().isAttached();
    assertThat(list(alice)).not().containsText("of 1 key");
    assertThat(details(alice)).containsText("nightly export");
    assertThat(list(alice)).containsText("You have the one API key that you may have.");
    assertThat(button(list(alice), "Add API key")).not().isAttached();
    button(details(alice), "Delete").click();
    button(alice.page.locator("dialog[open]"), "Delete").click();
    assertThat(list(alice)).containsText("You have no API key yet");
    assertThat(button(list(alice), "Add API key")).isFocused();
  }

  @Test
  void moreKeysThanAllowedAreNotOffered() {
    restartWithMaxKeys(3);
    Visitor alice = aliceWithThreeKeys();
    assertThat(list(alice)).containsText("3 of 3 keys");
    assertThat(list(alice)).containsText("You have all 3 API keys that you may have.");
    assertThat(button(list(alice), "Add API key")).not().isAttached();
    advance(Duration.ofDays(4)); // CI has expired
    open(alice);
    button(list(alice), "Add API key").click();
    assertThat(alice.dialog("Add API key")).containsText("Delete or reissue it");
  }

  @Test
  void historyTellsWhatWasDone() {
    Visitor alice = aliceWithThreeKeys();
    toggle(row(alice, "CI")).click();
    button(details(alice), "Edit").click();
    alice.label("Description (optional)").fill("CI 2");
    alice.button("Save").click();
    details(alice).getByText("What was done with this key").click();
    assertThat(details(alice).locator(".history strong")).hasText(new String[] {"Edited", "Added"});
    assertThat(details(alice).locator(".history")).containsText("127.0.0.1");
  }

  @Test
  void menuAndListAgree() {
    Visitor alice = open(alice());
    alice.addKey("by the menu");
    assertThat(list(alice)).containsText("by the menu");
    alice.choose("View my API key details");
    button(alice.dialog("My API key details"), "Delete").click();
    button(alice.page.locator("dialog[open]"), "Delete").click();
    assertThat(list(alice)).containsText("You have no API key yet");
  }

  @Test
  void keyThatIsGoneMakesWay() {
    Visitor alice = aliceWithThreeKeys();
    alice.expectRefusals(404);
    toggle(row(alice, "CI")).click();
    String tag = details(alice).locator("dt:text-is('Tag') + dd").textContent();
    alicesScript().call("DELETE", "api-keys/" + tag).send();
    button(details(alice), "Edit").click();
    alice.button("Save").click();
    assertThat(list(alice).getByRole(AriaRole.ALERT)).containsText("This API key is gone");
    assertThat(descriptions(alice)).hasText(new String[] {"nightly export", "weekly report"});
  }

  @Test
  void lostLoginLeadsBackToTheFilledDialog() {
    Visitor alice = aliceWithThreeKeys();
    alice.expectRefusals(401);
    button(list(alice), "Add API key").click();
    alice.label("Description (optional)").fill("kept");
    alice.page.context().clearCookies();
    alice.button("Add").click();
    alice.button("Log in again").click();
    alice.label("User name").fill("alice");
    alice.label("Password").fill("alice");
    alice.button("Log in").click();
    assertThat(alice.label("Description (optional)")).hasValue("kept");
    alice.button("Add").click();
    assertThat(alice.dialog("Your API key")).isVisible();
  }

  @Test
  void outageIsToldAndOver() {
    Visitor alice = alice();
    alice.expectRefusals(Visitor.NO_ANSWER);
    alice.page.route(
        "**/api-keys",
        route -> {
          if ("fetch".equals(route.request().resourceType())) {
            route.abort();
          } else {
            route.resume();
          }
        });
    alice.open("/api-keys");
    assertThat(list(alice).getByRole(AriaRole.ALERT)).containsText("No answer came");
    alice.page.unroute("**/api-keys");
    button(list(alice), "Try again").click();
    assertThat(list(alice)).containsText("You have no API key yet");
  }

  /** What is changed, made and drawn does not depend on how many keys there are. */
  @Test
  void thousandKeysAreDrawnAsTheyAreScrolledTo() {
    restartWithMaxKeys(1000);
    Client script = alicesScript();
    for (int number = 0; number < 1000; number++) {
      script.add("{\"description\":\"key %d\"}".formatted(number));
    }
    Visitor alice = open(alice());
    assertThat(list(alice)).containsText("1,000 of 1,000 keys");
    assertThat(list(alice).locator("table")).hasAttribute("aria-rowcount", "1001");
    assertThat(rows(alice).count()).isLessThan(150);
    button(list(alice), "Description").click();
    assertThat(descriptions(alice).first()).hasText("key 0");
    assertThat(descriptions(alice).nth(2)).hasText("key 2"); // and not key 10
    alice.page.waitForCondition(
        () -> {
          alice.page.evaluate("scrollTo(0, document.body.scrollHeight)");
          return rows(alice).count() == 1000;
        },
        new Page.WaitForConditionOptions().setTimeout(120_000)); // a busy machine draws slowly
    assertThat(descriptions(alice).last()).hasText("key 999");
    toggle(rows(alice).nth(500)).click();
    list(alice)
        .evaluate(
            """
            (list) => {
              globalThis.changedRows = 0;
              new MutationObserver((records) => {
                for (const { addedNodes, removedNodes } of records) {
                  changedRows += addedNodes.length + removedNodes.length;
                }
              }).observe(list.shadowRoot.querySelector("tbody"), { childList: true });
            }
            """);
    button(details(alice), "Edit").scrollIntoViewIfNeeded(); // as a click does
    double top = button(details(alice), "Edit").boundingBox().y;
    button(details(alice), "Edit").click();
    alice.label("Description (optional)").fill("changed");
    alice.button("Save").click();
    assertThat(descriptions(alice).nth(500)).hasText("changed");
    assertThat(alice.page.locator("dialog[open]")).hasCount(0);
    assertThat(button(details(alice), "Edit").boundingBox().y).isCloseTo(top, within(1.0));
    button(details(alice), "Delete").click();
    button(alice.page.locator("dialog[open]"), "Delete").click();
    assertThat(rows(alice)).hasCount(999);
    assertThat(alice.page.evaluate("changedRows")).isEqualTo(2); // the row and its details
    button(list(alice), "Description").click();
    assertThat(rows(alice).first()).containsText("key 999");
    assertThat(rows(alice).count()).isLessThan(150);
  }
}
