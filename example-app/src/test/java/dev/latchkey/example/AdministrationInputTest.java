package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody means to type or to have in an address, and what the server answers now and then. */
class AdministrationInputTest extends AdministrationPage {
  AdministrationInputTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @Test
  void keyInThePlaceOfAnOwnerIsNotSent() {
    String key = keyOf("alice", "").get("key");
    Visitor admin = administrator();
    admin.expectRefusals(409);
    List<String> sent = new CopyOnWriteArrayList<>();
    admin.page.onRequest(request -> sent.add(request.url() + " " + request.postData()));
    admin.button("Look up an owner").click();
    Locator owner = admin.dialog("Look up an owner");
    label(owner, "Owner").fill(key);
    press(owner, "Show");
    assertThat(owner.locator("#name-error")).containsText("looked like an API key");
    admin.assertNoTraceOf(key);
    press(owner, "Cancel");
    admin.button("Add API key").click();
    Locator added = admin.dialog("Add API key");
    label(added, "Owner").fill(" " + key);
    press(added, "Add");
    assertThat(added.locator("#owner-error")).containsText("looked like an API key");
    admin.assertNoTraceOf(key);
    label(added, "Owner").fill("alice"); // who may have one
    press(added, "Add");
    assertThat(admin.button("Show the owner’s keys")).isVisible();
    label(added, "Owner").fill(key);
    press(added, "Show the owner’s keys");
    assertLoaded(admin);
    admin.assertNoTraceOf(key);
    assertThat(sent).isNotEmpty().noneMatch(request -> request.contains(key));
  }

  @ParameterizedTest
  @CsvSource({
    "createdBefore=2026-99-99, createdBefore",
    "createdBefore=2026-02-31, createdBefore", // no third of March
    "expiresBefore=0000-01-01, expiresBefore",
    "view=events&until=2026-13-01, until",
    "view=events&until=9999-12-31, until", // the day after is in no year that there is
  })
  void dayThatIsNoneIsSaid(String query, String field) {
    Visitor admin = visitor(english()).logIn("admin");
    admin.expectRefusals(400);
    admin.open(PATH + "?" + query);
    Locator error = filters(admin).locator("#filter-" + field + "-error");
    assertThat(error).isVisible();
    assertThat(filters(admin).locator("#filter-" + field))
        .hasValue(query.substring(query.lastIndexOf('=') + 1));
  }

  @Test
  void hostsHistoryIsKept() {
    keyOf("alice", "");
    Visitor admin = administrator();
    admin.page.evaluate("history.replaceState({ before: 5, latchkeyBefore: 5, host: 1 }, '')");
    admin.page.reload();
    assertLoaded(admin);
    label(filters(admin), "Owner").fill("alice");
    search(admin);
    assertThat(admin.page.evaluate("history.state.before + history.state.host")).isEqualTo(6);
  }

  @Test
  void actorOfAKindThatIsUnknownIsNamed() {
    Visitor admin = visitor(english()).logIn("admin");
    admin.page.route(
        "**/admin/events*",
        route ->
            answer(
                route,
                """
                {"events": [{"id": "1", "at": "2026-11-23T03:00:00.000000Z", "action": "key.added",
                  "actor": null, "actorType": "robot", "owner": "alice", "tag": "3kTq9mWxZ2aB",
                  "from": null, "reason": null, "details": {}}], "next": null}
                """));
    open(admin, "?view=events");
    assertThat(admin.page.locator("api-key-administration td.actor")).containsText("robot");
  }

  private static void answer(Route route, String json) {
    route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(json));
  }

  private static Locator bulk(Visitor admin) {
    admin.button("Revoke all that are found…").click();
    return admin.dialog("Revoke all keys that are found");
  }

  @Test
  void countThatIsNotAtItsEndIsNoNone() {
    keyOf("alice", "");
    Visitor admin = open(visitor(english()).logIn("admin"), "?owner=alice");
    admin.page.route(
        "**/admin/revocations",
        route -> answer(route, "{\"revoked\": 0, \"keys\": [], \"more\": true}"));
    Locator dialog = bulk(admin);
    assertThat(dialog).containsText("0 keys or more will be revoked for good.");
    assertThat(button(dialog, "Revoke all")).isVisible();
  }

  /** What is confirmed is what was counted. */
  @ParameterizedTest
  @CsvSource({
    "?ownerPrefix=svc-, true",
    "?ownerPrefix=svc-&createdBefore=2026-11-24, true",
    "?ownerPrefix=svc-&createdBefore=2026-11-23T04:00:30Z, false"
  })
  void keysAddedAfterTheCountAreKept(String query, boolean isLaterCounted) {
    Client client = Client.loggedIn(server.uri(), "admin");
    Answer first = keyOfService(client, "svc-a", "");
    advance(Duration.ofMinutes(1));
    Answer second = keyOfService(client, "svc-b", "");
    Visitor admin = open(visitor(english()).logIn("admin"), query);
    Locator dialog = bulk(admin);
    assertThat(dialog).containsText(isLaterCounted ? "2 keys will" : "1 key will");
    advance(Duration.ofMinutes(1));
    Answer third = keyOfService(client, "svc-c", "");
    label(dialog, "Type “revoke” to confirm").fill("revoke");
    press(dialog, "Revoke all");
    assertThat(dialog).containsText(isLaterCounted ? "2 keys were" : "1 key was");
    assertThat(isLive(first)).isFalse();
    assertThat(isLive(second)).isEqualTo(!isLaterCounted);
    assertThat(isLive(third)).isTrue();
  }

  /** An outage after the deletion must not lead to another one. */
  @Test
  void ownerIsDeletedOnceThoughNothingIsAnsweredAfterwards() {
    Answer key = keyOf("bob", "");
    Visitor admin = administrator();
    admin.expectRefusals(Visitor.NO_ANSWER);
    press(row(admin, key), "bob");
    Locator dialog = admin.dialog("Owner \u2068bob\u2069");
    press(dialog, "Delete owner");
    label(dialog, "Type “delete” to confirm").fill("delete");
    admin.page.route(
        "**/admin/owner*",
        route -> {
          if (route.request().method().equals("DELETE")) {
            route.resume();
          } else {
            route.abort();
          }
        });
    press(dialog, "Delete owner");
    assertThat(dialog).containsText("The owner was deleted.");
    assertThat(dialog).containsText("0 keys");
    assertThat(button(dialog, "Disable owner")).isVisible();
    assertThat(isLive(key)).isFalse();
  }
}
