package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator's day brings: a leaked key, a user who left, many keys, the audit. */
class AdministrationDayTest extends AdministrationPage {
  AdministrationDayTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private static String sha256(String text) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  private static Locator leaked(Visitor admin) {
    admin.button("Revoke a leaked key").click();
    return admin.dialog("Revoke a leaked key");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leakedKeyIsRevokedAndNowhereAfterwards(boolean isHash) throws Exception {
    Answer key = keyOf("alice", "nightly export");
    String text = isHash ? sha256(key.get("key")) : key.get("key");
    Visitor admin = administrator();
    Locator dialog = leaked(admin);
    assertThat(label(dialog, "API key, or its SHA-256")).isFocused();
    label(dialog, "API key, or its SHA-256").fill(" " + text + "\n");
    label(dialog, "Reason (optional)").fill("found in a public repository");
    press(dialog, "Look whose it is");
    assertThat(dialog.getByRole(AriaRole.STATUS)).containsText("of \u2068alice\u2069");
    assertThat(isLive(key)).isTrue();
    press(dialog, "Revoke");
    assertThat(dialog).containsText("1 key was revoked.");
    assertThat(isLive(key)).isFalse();
    admin.assertNoTraceOf(text);
    press(dialog, "Close");
    assertThat(status(admin)).hasText("0 keys on this page");
    assertThat(admin.button("Revoke a leaked key")).isFocused();
    admin.assertNoTraceOf(text);
  }

  @Test
  void keyThatNobodyHasIsSaidToBeUnknown() throws Exception {
    Visitor admin = administrator();
    Locator dialog = leaked(admin);
    label(dialog, "API key, or its SHA-256").fill(sha256("nobody's"));
    press(dialog, "Look whose it is");
    assertThat(dialog).containsText("No live key is like this");
    label(dialog, "API key, or its SHA-256").fill("");
    press(dialog, "Revoke");
    assertThat(label(dialog, "API key, or its SHA-256")).hasAttribute("aria-invalid", "true");
  }

  /** By mistake, in the place of its last four characters. */
  @Test
  void keyInAFilterGetsIntoNoAddress() {
    String key = keyOf("alice", "").get("key");
    Visitor admin = administrator();
    moreFilters(admin);
    label(filters(admin), "Last four characters").fill(key);
    press(filters(admin), "Search");
    assertThat(filters(admin).locator("#filter-hint-error")).containsText("looked like an API key");
    assertThat(label(filters(admin), "Last four characters")).hasValue("");
    admin.assertNoTraceOf(key);
    open(admin, "?hint=" + key + "&owner=alice");
    assertThat(admin.page).hasURL(server.uri().resolve(PATH + "?owner=alice").toString());
    assertThat(label(filters(admin), "Owner")).hasValue("alice");
  }

  @Test
  void userWhoLeftIsDisabledAndThenDeleted() {
    Answer key = keyOf("bob", "");
    Visitor admin = administrator();
    press(row(admin, key), "bob");
    Locator dialog = admin.dialog("Owner \u2068bob\u2069");
    assertThat(dialog).containsText("1 key");
    press(dialog, "Disable owner");
    label(dialog, "Reason (optional)").fill("left on Friday");
    press(dialog, "Disable owner");
    assertThat(dialog).containsText("The owner is disabled.");
    assertThat(isLive(key)).isFalse();
    press(dialog, "Enable owner");
    press(dialog, "Enable owner");
    assertThat(dialog).containsText("The owner is enabled.");
    assertThat(isLive(key)).isTrue();
    press(dialog, "Delete owner");
    assertThat(dialog).containsText("End the user’s sessions");
    press(dialog, "Delete owner");
    assertThat(label(dialog, "Type “delete” to confirm")).hasAttribute("aria-invalid", "true");
    assertThat(isLive(key)).isTrue();
    label(dialog, "Type “delete” to confirm").fill("delete");
    press(dialog, "Delete owner");
    assertThat(dialog).containsText("The owner was deleted.");
    assertThat(dialog).containsText("0 keys");
    assertThat(isLive(key)).isFalse();
    press(dialog, "Close");
    assertThat(status(admin)).hasText("0 keys on this page");
  }

  /** From the first call for help to the proof of who did what. */
  @Test
  void dayWithALeaverAndALeakIsWalkedWhole() {
    Answer bobs = keyOf("bob", "nightly export");
    Answer alices = keyOf("alice", "");
    String secret = alices.get("key");
    Visitor admin = administrator();
    label(filters(admin), "Owner").fill("bob");
    search(admin);
    press(row(admin, bobs), "bob");
    Locator owner = admin.dialog("Owner \u2068bob\u2069");
    press(owner, "Disable owner");
    label(owner, "Reason (optional)").fill("left on Friday");
    press(owner, "Disable owner");
    assertThat(owner).containsText("The owner is disabled.");
    assertThat(isLive(bobs)).isFalse();
    press(owner, "Delete owner");
    label(owner, "Type “delete” to confirm").fill("delete");
    press(owner, "Delete owner");
    assertThat(owner).containsText("The owner was deleted.");
    press(owner, "Close");
    assertThat(status(admin)).hasText("0 keys on this page");

    Locator dialog = leaked(admin);
    label(dialog, "API key, or its SHA-256").fill(secret);
    label(dialog, "Reason (optional)").fill("in a public repository");
    press(dialog, "Revoke");
    assertThat(dialog).containsText("1 key was revoked.");
    assertThat(isLive(alices)).isFalse();
    press(dialog, "Close");

    admin.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit trail")).click();
    assertThat(status(admin)).hasText("6 events on this page");
    Locator events = admin.page.locator("api-key-administration tbody tr");
    Locator revoked = events.first();
    assertThat(revoked).containsText("Key revoked");
    assertThat(revoked).containsText(alices.get("tag"));
    assertThat(revoked).containsText("administrator");
    assertThat(button(revoked, "admin")).isVisible();
    assertThat(revoked).containsText("in a public repository");
    assertThat(events.filter(new Locator.FilterOptions().setHasText("left on Friday")))
        .containsText("Owner disabled");
    admin.assertNoTraceOf(secret);
    admin.page.goBack();
    assertThat(status(admin)).hasText("0 keys on this page");
    admin.assertNoTraceOf(secret);
  }

  @Test
  void ownerIsLookedUpByName() {
    keyOf("alice", "");
    keyOf("bob", "");
    Visitor admin = administrator();
    admin.button("Look up an owner").click();
    Locator dialog = admin.dialog("Look up an owner");
    label(dialog, "Owner").fill("alice");
    label(dialog, "Owner").press("Enter");
    press(admin.dialog("Owner \u2068alice\u2069"), "Show keys");
    assertThat(status(admin)).hasText("1 key on this page");
    assertThat(admin.page).hasURL(server.uri().resolve(PATH + "?owner=alice").toString());
  }

  private static Locator bulk(Visitor admin) {
    admin.button("Revoke all that are found…").click();
    return admin.dialog("Revoke all keys that are found");
  }

  @Test
  void allThatAFilterFindsAreRevokedAfterAWord() {
    Client client = Client.loggedIn(server.uri(), "admin");
    List<Answer> found =
        List.of(keyOfService(client, "svc-a", ""), keyOfService(client, "svc-b", ""));
    Answer other = keyOf("alice", "");
    Visitor admin = administrator();
    assertThat(admin.button("Revoke all that are found…")).not().isVisible();
    open(admin, "?ownerPrefix=svc-");
    Locator dialog = bulk(admin);
    assertThat(dialog).containsText("2 keys will be revoked for good.");
    assertThat(dialog).containsText("svc-");
    press(dialog, "Revoke all");
    assertThat(label(dialog, "Type “revoke” to confirm")).hasAttribute("aria-invalid", "true");
    assertThat(found).allMatch(this::isLive);
    label(dialog, "Type “revoke” to confirm").fill("Revoke");
    label(dialog, "Reason (optional)").fill("clean-up");
    press(dialog, "Revoke all");
    assertThat(dialog).containsText("2 keys were revoked.");
    assertThat(found).noneMatch(this::isLive);
    assertThat(isLive(other)).isTrue();
    press(dialog, "Close");
    assertThat(status(admin)).hasText("0 keys on this page");
  }

  /** The server revokes 10 000 at a time, which these answers stand for. */
  @Test
  void manyKeysAreRevokedInPortionsThatCanBeStopped() {
    keyOf("alice", "");
    Visitor admin = open(visitor(english()).logIn("admin"), "?owner=alice");
    AtomicInteger calls = new AtomicInteger();
    List<Route> waiting = new java.util.concurrent.CopyOnWriteArrayList<>();
    admin.page.route(
        "**/admin/revocations",
        route -> {
          int call = calls.incrementAndGet();
          if (call == 3) {
            waiting.add(route);
          } else {
            answer(route, 10_000, call < 4);
          }
        });
    Locator dialog = bulk(admin);
    assertThat(dialog).containsText("10,000 keys or more will be revoked for good.");
    label(dialog, "Type “revoke” to confirm").fill("revoke");
    press(dialog, "Revoke all");
    assertThat(dialog.getByRole(AriaRole.STATUS)).hasText("10,000 keys were revoked so far…");
    admin.page.waitForCondition(() -> !waiting.isEmpty());
    press(dialog, "Stop");
    answer(waiting.get(0), 10_000, true);
    assertThat(dialog).containsText("20,000 keys were revoked. There may be more.");
    assertThat(calls.get()).isEqualTo(3);
    press(dialog, "Go on");
    assertThat(dialog).containsText("30,000 keys were revoked.");
    assertThat(calls.get()).isEqualTo(4);
  }

  private static void answer(Route route, int revoked, boolean more) {
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody("{\"revoked\":%d,\"keys\":[],\"more\":%b}".formatted(revoked, more)));
  }

  @Test
  void auditIsFilteredAndExported() throws Exception {
    Answer key = keyOf("alice", "");
    keyOf("bob", "");
    Visitor admin = administrator();
    admin.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit trail")).click();
    assertThat(status(admin)).hasText("2 events on this page");
    assertThat(admin.page).hasURL(server.uri().resolve(PATH + "?view=events").toString());
    press(admin.page.locator("api-key-administration tbody"), key.get("tag"));
    assertThat(status(admin)).hasText("1 event on this page");
    assertThat(admin.page)
        .hasURL(server.uri().resolve(PATH + "?view=events&tag=" + key.get("tag")).toString());
    Download lines = admin.page.waitForDownload(() -> admin.button("Export as JSON lines").click());
    assertThat(lines.suggestedFilename()).isEqualTo("events-lines.ndjson");
    assertThat(Files.readAllLines(lines.path()))
        .singleElement()
        .asString()
        .contains("\"action\":\"key.added\"", "\"owner\":\"alice\"");
    Download ocsf = admin.page.waitForDownload(() -> admin.button("Export as OCSF").click());
    assertThat(Files.readString(ocsf.path())).contains("\"class_uid\":3004");
  }
}
