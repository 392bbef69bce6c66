package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Looks;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The icon tells of a key that expires soon, or has expired; it asks only where the host wants. */
class ExpiryMarkPageTest extends PageTest {
  ExpiryMarkPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private static Locator mark(Visitor visitor) {
    return visitor.page.locator("api-key-menu [part=badge]");
  }

  /** Counts the requests of a new page. */
  private static List<String> requestsOf(Visitor visitor) {
    List<String> requests = new ArrayList<>();
    visitor.page.onRequest(
        request -> {
          if (request.url().endsWith("/api-keys")) {
            requests.add(request.method());
          }
        });
    return requests;
  }

  @Test
  void iconIsMarkedByOneRequestWhereTheHostAsksForIt() {
    Visitor alice = alice();
    alice.addKey("");
    advance(Duration.ofDays(84));
    alice.page.navigate("about:blank"); // so that no look of the page before is counted
    List<String> requests = requestsOf(alice);
    alice.open("/");
    alice.page.evaluate("document.querySelector('api-key-menu').setAttribute('show-expiry', '')");
    assertThat(mark(alice)).isVisible();
    assertThat(alice.button("Profile")).hasAccessibleDescription("Your API key expires soon.");
    assertThat(requests).containsExactly("GET");
    Looks.check(alice.page, "home-expires-soon");
    advance(Duration.ofDays(7));
    alice.openMenu();
    alice.page.keyboard().press("Escape");
    assertThat(alice.button("Profile")).hasAccessibleDescription("Your API key has expired.");
  }

  @Test
  void markGoesWithItsCause() {
    Visitor alice = alice();
    alice.addKey("");
    advance(Duration.ofDays(84));
    alice.choose("View my API key details");
    assertThat(mark(alice)).isVisible();
    alice.button("Reissue").click();
    alice.button("Reissue").click();
    alice.shownKey();
    assertThat(mark(alice)).not().isVisible();
    alice.button("Close").click();
    assertThat(alice.button("Profile")).hasAccessibleDescription("");
  }

  @Test
  void nothingIsAskedUnlessTheHostWantsIt() {
    Visitor alice = visitor(english());
    alice.page.route(server.uri().resolve("/").toString(), ExpiryMarkPageTest::withoutLook);
    alice.logIn("alice"); // redirects to a page as it is, since no route sees redirects
    alice.page.navigate("about:blank");
    List<String> requests = requestsOf(alice);
    alice.open("/");
    assertThat(alice.button("Profile")).isVisible();
    alice.page.evaluate("new Promise((resolve) => requestIdleCallback(resolve))");
    alice.page.evaluate("fetch('/health')");
    assertThat(requests).isEmpty();
    assertThat(mark(alice)).not().isVisible();
  }

  private static void withoutLook(Route route) {
    APIResponse response = route.fetch();
    String html = response.text().replace(" show-expiry", "");
    route.fulfill(new Route.FulfillOptions().setResponse(response).setBody(html));
  }

  /** On the servlet's own page, and on the example's. */
  @Test
  void markGoesWhenTheListTellsOfTheChange() {
    Visitor alice = alice();
    alice.addKey("");
    advance(Duration.ofDays(84));
    alice.page.reload();
    assertThat(mark(alice)).isVisible();
    alice.open("/api-keys");
    assertThat(mark(alice)).isVisible();
    assertThat(alice.button("Reissue")).isVisible(); // the list has asked, too
    List<String> requests = requestsOf(alice);
    alice.button("Reissue").click();
    alice.dialog("Reissue API key").locator("button[type=submit]").click();
    alice.shownKey();
    assertThat(mark(alice)).not().isVisible();
    assertThat(requests).isEmpty();
  }

  @Test
  void menuSaysWhyNoKeyCanBeAdded() {
    Visitor alice = alice();
    alice.addKey("");
    alice.openMenu();
    assertThat(alice.button("Add API key")).not().isAttached();
    assertThat(
            alice.page.getByText(
                "You have the one API key that you may have. Delete it to add another."))
        .isVisible();
  }
}
