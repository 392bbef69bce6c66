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

/** What an administrator looks for is in the page's URL: reloading and going back show it again. */
class AdministrationFiltersTest extends AdministrationPage {
  AdministrationFiltersTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private void assertUrl(Visitor admin, String query) {
    assertThat(admin.page).hasURL(server.uri().resolve(PATH + query).toString());
  }

  @Test
  void filtersAreInTheAddress() {
    Answer alices = keyOf("alice", "");
    Answer bobs = keyOf("bob", "");
    Visitor admin = administrator();
    label(filters(admin), "Owner").fill("alice");
    label(filters(admin), "Owner").press("Enter");
    assertThat(rows(admin)).hasCount(1);
    assertThat(row(admin, alices)).isVisible();
    assertThat(status(admin)).isFocused();
    assertUrl(admin, "?owner=alice");
    admin.page.reload();
    assertThat(rows(admin)).hasCount(1);
    assertThat(label(filters(admin), "Owner")).hasValue("alice");
    label(filters(admin), "Owner").fill("");
    moreFilters(admin);
    label(filters(admin), "Last four characters").fill(bobs.get("key").substring(48));
    label(filters(admin), "Status").selectOption("Active");
    search(admin);
    assertThat(row(admin, bobs)).isVisible();
    assertUrl(admin, "?status=active&hint=" + bobs.get("key").substring(48));
    admin.page.goBack();
    assertThat(row(admin, alices)).isVisible();
    assertThat(label(filters(admin), "Owner")).hasValue("alice");
    admin.page.goBack();
    assertThat(rows(admin)).hasCount(2);
    admin.page.goForward();
    admin.page.goForward();
    assertThat(row(admin, bobs)).isVisible();
    assertThat(label(filters(admin), "Last four characters")).isVisible();
    press(filters(admin), "Clear");
    assertThat(rows(admin)).hasCount(2);
    assertUrl(admin, "");
  }

  /** A day is the user's, here New York's: it begins at five in the morning in London. */
  @Test
  void daysBeginWhereTheUserIs() {
    keyOf("alice", ""); // on the 22nd in New York
    advance(Duration.ofHours(2));
    Answer bobs = keyOf("bob", "");
    Visitor admin = administrator();
    List<String> asked = new CopyOnWriteArrayList<>();
    admin.page.onRequest(request -> asked.add(request.url()));
    moreFilters(admin);
    label(filters(admin), "Created before").fill("2026-11-23");
    search(admin);
    assertUrl(admin, "?createdBefore=2026-11-23");
    assertThat(rows(admin)).hasCount(1);
    assertThat(row(admin, bobs)).not().isVisible();
    assertThat(asked).anyMatch(url -> url.endsWith("createdBefore=2026-11-23T05%3A00%3A00.000Z"));
    open(admin, "?view=events&since=2026-11-23&until=2026-11-23"); // which counts as a whole
    assertThat(asked)
        .anyMatch(
            url ->
                url.endsWith(
                    "?since=2026-11-23T05%3A00%3A00.000Z&until=2026-11-24T05%3A00%3A00.000Z"));
    open(admin, "?createdBefore=2026-11-23T05:30:00Z");
    assertThat(rows(admin)).hasCount(1);
    assertThat(label(filters(admin), "Created before")).hasValue("2026-11-23T05:30:00Z");
  }

  /** Half a date would be no filter at all, and bulk revocation would find more than is meant. */
  @Test
  void halfADateIsNoFilter() {
    Visitor admin = administrator();
    moreFilters(admin);
    Locator created = label(filters(admin), "Created before");
    created.click();
    created.pressSequentially("11");
    press(filters(admin), "Search");
    assertThat(filters(admin).locator("#filter-createdBefore-error")).isVisible();
    assertUrl(admin, "");
  }

  @Test
  void wrongValuesAreSaidBesideTheirFields() {
    Visitor admin = administrator();
    admin.expectRefusals(400);
    admin.open(PATH + "?hint=1&unusedSince=yesterday&status=dead");
    assertThat(filters(admin).locator("#filter-unusedSince-error")).isVisible();
    assertThat(filters(admin).locator("#filter-status-error")).isVisible();
    assertThat(label(filters(admin), "Status")).isFocused();
    assertThat(admin.button("Revoke all that are found…")).not().isVisible();
  }

  @Test
  void pagesAreTurnedForthAndBack() {
    Client client = Client.loggedIn(server.uri(), "admin");
    for (int i = 0; i < 60; i++) {
      keyOfService(client, "svc-" + i, "");
      advance(Duration.ofSeconds(1));
    }
    Visitor admin = administrator();
    assertThat(rows(admin)).hasCount(50);
    assertThat(rows(admin).first()).containsText("svc-59");
    assertThat(admin.button("Newer")).isDisabled();
    admin.button("Older").click();
    assertThat(rows(admin)).hasCount(10);
    assertThat(rows(admin).first()).containsText("svc-9");
    assertThat(admin.button("Older")).isDisabled();
    admin.page.reload();
    assertThat(rows(admin)).hasCount(10);
    admin.button("Newer").click();
    assertThat(rows(admin)).hasCount(50);
    admin.page.goBack();
    assertThat(rows(admin)).hasCount(10);
    admin.label("Rows a page").selectOption("100");
    assertThat(rows(admin)).hasCount(60);
    assertUrl(admin, "?limit=100");
  }

  /** The database is searched a part at a time; some parts hold nothing. */
  @Test
  void emptyPagesAreSkipped() {
    keyOf("alice", "");
    Visitor admin = visitor(english()).logIn("admin");
    List<Route> waiting = new CopyOnWriteArrayList<>();
    admin.page.route(
        "**/admin/keys?*",
        route -> {
          if (route.request().url().contains("cursor=second")) {
            waiting.add(route);
          } else {
            answer(route, route.request().url().contains("cursor=first") ? "second" : "first");
          }
        });
    admin.open(PATH + "?status=active");
    assertThat(status(admin)).hasText("Nothing so far. Looking further…");
    admin.page.waitForCondition(() -> !waiting.isEmpty());
    admin.button("Stop").click();
    answer(waiting.get(0), "third");
    assertThat(status(admin)).hasText("0 keys on this page");
    admin.page.unroute("**/admin/keys?*");
    assertThat(admin.button("Older")).isEnabled();
  }

  private static void answer(Route route, String next) {
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody("{\"keys\":[],\"next\":\"" + next + "\"}"));
  }
}
