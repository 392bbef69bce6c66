package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.test.Answer;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Looks;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each state of the administrators' page in light and dark, wide and narrow: without a violation
 * that axe-core finds, without sideways scrolling, and with a picture to look at.
 */
class AdministrationLooksTest extends AdministrationPage {
  private String suffix = "";

  AdministrationLooksTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private void look(Visitor visitor, String state) {
    Looks.check(visitor.page, "admin-" + state + suffix);
  }

  static Stream<Arguments> looks() {
    return Stream.of(
            Arguments.of(ColorScheme.LIGHT, 1280),
            Arguments.of(ColorScheme.DARK, 360),
            Arguments.of(ColorScheme.DARK, 1280),
            Arguments.of(ColorScheme.LIGHT, 360))
        .limit(LongForm.choose(4, 2));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void everyStateIsAccessibleAndPhotographed(ColorScheme scheme, int width) {
    suffix = "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
    Answer expired = keyOf("bob", "a script that nobody remembers");
    advance(Duration.ofDays(85));
    Client client = Client.loggedIn(server.uri(), "admin");
    Answer key =
        client.json(
            "POST",
            "api-keys/admin/keys",
            """
            {"owner": "svc-nightly", "service": true, "description": "nightly export to the warehouse",
             "scopes": ["orders:read", "read"], "reason": "ticket 4711"}
            """);
    keyOf("alice", "");
    client.json("PATCH", "api-keys/admin/keys/" + key.get("tag"), "{\"scopes\": [\"read\"]}");
    advance(Duration.ofDays(6));
    Visitor admin =
        visitor(
            english()
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, 800));
    admin.expectRefusals(400, 401, 403, Visitor.NO_ANSWER);
    admin.open(PATH);
    look(admin, "not-logged-in");
    admin.logIn("alice");
    admin.open(PATH);
    look(admin, "not-administrator");
    admin.logIn("admin");
    open(admin, "");
    look(admin, "keys");
    openRow(admin, key);
    assertThat(opened(admin).locator("ol")).containsText("Key edited");
    look(admin, "key");
    press(opened(admin), "Edit");
    look(admin, "edit");
    press(admin.dialog("Edit API key"), "Cancel");
    press(opened(admin), "Reissue");
    look(admin, "reissue");
    press(admin.dialog("Reissue API key"), "Cancel");
    press(opened(admin), "Delete");
    look(admin, "delete");
    press(admin.dialog("Delete API key?"), "Cancel");

    admin.button("Add API key").click();
    press(admin.dialog("Add API key"), "Add");
    assertThat(label(admin.dialog("Add API key"), "Owner")).hasAttribute("aria-invalid", "true");
    look(admin, "add");
    press(admin.dialog("Add API key"), "Cancel");

    press(row(admin, expired), "bob");
    Locator owner = admin.dialog("Owner \u2068bob\u2069");
    assertThat(owner).containsText("1 key");
    look(admin, "owner");
    press(owner, "Disable owner");
    look(admin, "owner-disable");
    press(owner, "Disable owner");
    assertThat(owner).containsText("The owner is disabled.");
    look(admin, "owner-disabled");
    press(owner, "Delete owner");
    press(owner, "Delete owner");
    look(admin, "owner-delete");
    press(owner, "Cancel");
    press(owner, "Close");

    assertLoaded(admin);
    admin.button("Revoke a leaked key").click();
    Locator leaked = admin.dialog("Revoke a leaked key");
    label(leaked, "API key, or its SHA-256").fill(key.get("key"));
    press(leaked, "Look whose it is");
    assertThat(leaked).containsText("svc-nightly");
    look(admin, "leaked");
    press(leaked, "Cancel");

    admin.open(PATH + "?status=active&createdBefore=2027-02-25&hint=1");
    assertThat(label(filters(admin), "Last four characters")).isFocused();
    look(admin, "wrong-filter");
    open(admin, "?status=active");
    look(admin, "filtered");
    admin.button("Revoke all that are found…").click();
    assertThat(admin.dialog("Revoke all keys that are found")).containsText("2 keys");
    look(admin, "bulk");
    press(admin.dialog("Revoke all keys that are found"), "Cancel");
    open(admin, "?owner=nobody");
    look(admin, "none");
    open(admin, "?view=events");
    look(admin, "events");
    admin.page.route("**/admin/events*", Route::abort);
    press(filters(admin), "Search");
    assertThat(admin.button("Try again")).isVisible();
    look(admin, "no-answer");
  }

  /** The list comes later than the page, and pushes nothing away. */
  @ParameterizedTest
  @CsvSource({"1280, ?status=active", "360, ?status=active", "1280, ?view=events"})
  void layoutDoesNotShiftWhenTheListLoads(int width, String query) {
    keyOf("alice", "");
    Visitor admin = visitor(english().setViewportSize(width, 800)).logIn("admin");
    open(admin, query);
    Object shift =
        admin.page.evaluate(
            """
            () => new Promise((resolve) => {
              let shift = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) shift += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(shift))));
            })
            """);
    assertThat(((Number) shift).doubleValue()).isZero();
  }

  /** 200 rows of words without end. */
  @ParameterizedTest
  @CsvSource({"1280", "360"})
  void longNamesFit(int width) {
    Client client = Client.loggedIn(server.uri(), "admin");
    for (int i = 0; i < 200; i++) {
      keyOfService(client, "W".repeat(196) + i, "M".repeat(200));
    }
    Visitor admin = visitor(english().setViewportSize(width, 800)).logIn("admin");
    open(admin, "?limit=200");
    assertThat(rows(admin)).hasCount(200);
    suffix = "-" + width;
    look(admin, "long");
  }

  /** By keys alone: a row is opened, its key edited, and the focus is where it was. */
  @Test
  void keyIsEditedByKeyboardAlone() {
    Answer key = keyOf("alice", "");
    Visitor admin = administrator();
    details(admin, key).focus();
    var keyboard = admin.page.keyboard();
    keyboard.press("Enter");
    assertThat(opened(admin)).isVisible();
    keyboard.press("Tab");
    assertThat(button(opened(admin), "Edit")).isFocused();
    keyboard.press("Enter");
    Locator dialog = admin.dialog("Edit API key");
    assertThat(label(dialog, "Description (optional)")).isFocused();
    keyboard.type("by keyboard");
    keyboard.press("Enter");
    assertThat(dialog).not().isVisible();
    assertThat(details(admin, key)).isFocused();
    assertThat(row(admin, key)).containsText("by keyboard");
    keyboard.press("Tab");
    keyboard.press("Enter");
    assertThat(dialog).isVisible();
    keyboard.press("Escape");
    assertThat(dialog).not().isVisible();
    assertThat(button(opened(admin), "Edit")).isFocused();
  }
}
