package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** "View my API key details", and what can be done there. */
class KeyDetailsPageTest extends PageTest {
  KeyDetailsPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private int status(String key) {
    return new Client(server.uri()).whoami(key).status();
  }

  private static Locator details(Visitor visitor) {
    return visitor.dialog("My API key details");
  }

  private static String tag(Visitor visitor) {
    return details(visitor).locator("dt:text-is('Tag') + dd").textContent();
  }

  @Test
  void detailsShowEverythingButTheSecret() {
    Visitor alice = alice();
    String key = alice.addKey("nightly export");
    alice.choose("View my API key details");
    assertThat(details(alice)).containsText("Never used");
    assertThat(details(alice)).containsText(key.substring(key.length() - 4));
    assertThat(details(alice)).not().containsText(key);
    assertThat(details(alice).locator("dd"))
        .hasText(
            new String[] {
              "nightly export",
              tag(alice),
              "ActiveNever used",
              "November 22, 2026 at 11:00 PM EST 2026-11-23 04:00:00 UTC",
              "February 20, 2027 at 11:00 PM EST in 90 days · 2027-02-21 04:00:00 UTC",
              "never"
            });
    alice.button("Close").click();

    advance(Duration.ofDays(78));
    assertThat(status(key)).isEqualTo(200);
    advance(Duration.ofHours(3));
    awaitUsed(alice);
    assertThat(details(alice)).containsText("in 11 days");
    assertThat(details(alice)).containsText("3 hours ago");
    assertThat(details(alice)).containsText("127.0.0.1");
    assertThat(details(alice)).not().containsText("Never used");
    assertThat(details(alice)).not().containsText("Expires soon");
    alice.button("Close").click();

    advance(Duration.ofDays(5));
    alice.choose("View my API key details");
    assertThat(details(alice)).containsText("Expires soon");
  }

  /** The use is written a little later. */
  private static void awaitUsed(Visitor visitor) {
    visitor.page.waitForCondition(
        () -> {
          visitor.choose("View my API key details");
          boolean isUsed = details(visitor).getByText("Last used from").isVisible();
          if (!isUsed) {
            visitor.button("Close").click();
          }
          return isUsed;
        });
  }

  @Test
  void descriptionAndExpiryAreEdited() {
    Visitor alice = alice();
    String key = alice.addKey("nightly export");
    alice.choose("View my API key details");
    alice.button("Edit").click();
    assertThat(alice.label("Description (optional)")).hasValue("nightly export");
    assertThat(alice.dialog("Edit API key").locator("output"))
        .containsText("2027-02-21 04:00:00 UTC"); // left as it is
    alice.label("Description (optional)").fill("<b>weekly</b> export \uD83D\uDD11");
    alice.button("Save").click();
    assertThat(details(alice)).containsText("<b>weekly</b> export \uD83D\uDD11");
    assertThat(details(alice)).containsText("2027-02-21 04:00:00 UTC");

    alice.button("Edit").click();
    alice.label("Validity").selectOption("7 days");
    assertThat(alice.dialog("Edit API key").locator("output"))
        .containsText("2026-11-30 04:00:00 UTC");
    alice.button("Save").click();
    assertThat(details(alice)).containsText("2026-11-30 04:00:00 UTC");
    assertThat(new Client(server.uri()).whoami(key).header("API-Key-Expires"))
        .isEqualTo("Mon, 30 Nov 2026 04:00:00 GMT");

    alice.button("Edit").click();
    alice.label("Description (optional)").fill("not this");
    alice.button("Cancel").click();
    assertThat(details(alice)).not().containsText("not this");
  }

  @Test
  void keyIsReissuedWithGrace() {
    Visitor alice = alice();
    String old = alice.addKey("nightly export");
    alice.choose("View my API key details");
    String oldTag = tag(alice);
    alice.button("Reissue").click();
    alice.label("Validity").selectOption("30 days");
    alice
        .label("May the current key have leaked?")
        .selectOption("No: it works for 1 more hour, until scripts have the new key");
    alice.button("Reissue").click();
    String fresh = alice.shownKey();
    alice.button("Close").click();
    assertThat(status(fresh)).isEqualTo(200);
    assertThat(status(old)).isEqualTo(200);
    advance(Duration.ofMinutes(61));
    assertThat(status(fresh)).isEqualTo(200);
    assertThat(status(old)).isEqualTo(401);
    alice.choose("View my API key details");
    assertThat(details(alice)).containsText("nightly export");
    assertThat(tag(alice)).isNotEqualTo(oldTag);

    alice.button("Reissue").click();
    alice.button("Reissue").click(); // at once, unless chosen otherwise
    String third = alice.shownKey();
    assertThat(status(third)).isEqualTo(200);
    assertThat(status(fresh)).isEqualTo(401);
  }

  @Test
  void deletionAsksOnce() {
    Visitor alice = alice();
    String key = alice.addKey("nightly export");
    alice.choose("View my API key details");
    alice.button("Delete").click();
    assertThat(alice.dialog("Delete API key?")).containsText("nightly export");
    assertThat(alice.dialog("Delete API key?")).containsText("stops working at once");
    assertThat(alice.dialog("Delete API key?")).containsText("It was never used.");
    alice.button("Cancel").click();
    assertThat(details(alice)).isVisible();
    assertThat(status(key)).isEqualTo(200);
    alice.button("Delete").click();
    alice.button("Delete").click();
    assertThat(details(alice)).containsText("You have no API key.");
    assertThat(status(key)).isEqualTo(401);
    alice.button("Add API key").click();
    assertThat(alice.dialog("Add API key")).isVisible();
  }

  @Test
  void expiredKeyIsMarkedAndReissued() {
    Visitor alice = alice();
    String old = alice.addKey("nightly export");
    advance(Duration.ofDays(91));
    alice.openMenu();
    assertThat(alice.page.getByText("Your API key has expired.")).isVisible();
    alice.button("Add API key").click();
    assertThat(alice.dialog("Add API key"))
        .containsText("has expired. Delete or reissue it before you add a new one.");
    alice.button("Reissue").click();
    assertThat(alice.label("May the current key have leaked?")).not().isAttached();
    alice.button("Reissue").click();
    String fresh = alice.shownKey();
    alice.button("Close").click();
    assertThat(status(fresh)).isEqualTo(200);
    assertThat(status(old)).isEqualTo(401);
    alice.openMenu();
    assertThat(alice.page.getByText("Your API key has expired.")).not().isVisible();
  }

  @Test
  void expiredKeyIsDeletedAndANewOneAdded() {
    Visitor alice = alice();
    alice.addKey("nightly export");
    advance(Duration.ofDays(91));
    alice.choose("View my API key details");
    assertThat(details(alice)).containsText("This key has expired. Reissue it, or delete it.");
    alice.button("Edit").click(); // the description still may
    assertThat(alice.label("Validity")).not().isAttached();
    alice.label("Description (optional)").fill("was the nightly export");
    alice.button("Save").click();
    assertThat(details(alice)).containsText("was the nightly export");
    alice.button("Close").click();
    alice.choose("Delete expired API key");
    alice.button("Delete").click();
    alice.button("Add API key").click();
    alice.button("Add").click();
    assertThat(status(alice.shownKey())).isEqualTo(200);
  }

  /** It expired behind the back of the page: the refusal leads to the same place. */
  @Test
  void expiredKeyBlocksAdding() {
    Visitor alice = alice();
    alice.expectRefusals(409);
    alice.choose("Add API key");
    alice.label("Description (optional)").fill("kept");
    alice.label("Validity").selectOption("365 days (the longest)");
    Visitor otherTab = otherTab(alice);
    otherTab.addKey("added meanwhile");
    advance(Duration.ofDays(91));
    alice.button("Add").click();
    assertThat(alice.page.getByRole(AriaRole.ALERT)).containsText("Delete or reissue it");
    assertThat(alice.label("Description (optional)")).hasValue("kept");
    alice.button("View my API key details").click();
    assertThat(details(alice)).containsText("added meanwhile");
    assertThat(details(alice)).containsText("This key has expired. Reissue it, or delete it.");
  }

  @Test
  void servletsOwnPageDoesTheSame() {
    Visitor alice = alice();
    alice.open("/api-keys");
    assertThat(alice.page.getByRole(AriaRole.HEADING)).hasText("API key");
    assertThat(status(alice.addKey("from the servlet's page"))).isEqualTo(200);
    alice.choose("View my API key details");
    assertThat(details(alice)).containsText("from the servlet's page");
  }
}
