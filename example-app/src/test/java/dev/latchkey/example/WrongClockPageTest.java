package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers whose clock is days slow or fast: time is the server's. */
class WrongClockPageTest extends PageTest {
  private static final int[] CHOICES = {7, 30, 60, 90, 365};

  WrongClockPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private Visitor alice(int daysFast) {
    Visitor alice = alice();
    alice.at(NOW.plus(Duration.ofDays(daysFast)));
    return alice;
  }

  private static void choose(Visitor visitor, int days) {
    visitor.label("Validity").selectOption(String.valueOf(days));
  }

  private static String utcIn(int days) {
    return NOW.plus(Duration.ofDays(days)).toString().replace("T", " ").replace("Z", " UTC");
  }

  private Instant expiryOf(String key) {
    String expires = new Client(server.uri()).whoami(key).header("API-Key-Expires");
    return ZonedDateTime.parse(expires, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  private static Locator details(Visitor visitor) {
    return visitor.dialog("My API key details");
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, -3, 3, 10})
  void serverCountsDays(int daysFast) {
    Visitor alice = alice(daysFast);
    alice.choose("Add API key");
    for (int days : CHOICES) {
      choose(alice, days);
      assertThat(alice.dialog("Add API key").locator("output")).containsText(utcIn(days));
    }
    choose(alice, 7);
    alice.button("Add").click();
    String key = alice.shownKey();
    assertThat(expiryOf(key)).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(alice.dialog("Your API key")).containsText(utcIn(7));
    alice.button("Close").click();

    alice.choose("View my API key details");
    for (int days : CHOICES) {
      alice.button("Edit").click();
      choose(alice, days);
      assertThat(alice.dialog("Edit API key").locator("output")).containsText(utcIn(days));
      alice.button("Save").click();
      assertThat(details(alice)).containsText(utcIn(days));
      assertThat(expiryOf(key)).isEqualTo(NOW.plus(Duration.ofDays(days)));
    }

    alice.button("Reissue").click();
    choose(alice, 30);
    assertThat(alice.dialog("Reissue API key").locator("output")).containsText(utcIn(30));
    alice.button("Reissue").click();
    assertThat(expiryOf(alice.shownKey())).isEqualTo(NOW.plus(Duration.ofDays(30)));
    assertThat(alice.dialog("Your API key")).containsText(utcIn(30));
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, -3, 3, 10})
  void selectableDaysAreTheServers(int daysFast) {
    Visitor alice = alice(daysFast);
    alice.choose("Add API key");
    alice.label("Validity").selectOption("Until a date…");
    assertThat(alice.label("Last day")).hasAttribute("min", "2026-11-22");
    assertThat(alice.label("Last day")).hasAttribute("max", "2027-11-21");
    alice.label("Last day").fill(daysFast < 0 ? "2027-11-21" : "2026-11-23");
    alice.button("Add").click();
    assertThat(expiryOf(alice.shownKey()))
        .isEqualTo(daysFast < 0 ? "2027-11-22T04:59:59Z" : "2026-11-24T04:59:59Z");
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, -3, 3, 10})
  void relativeTimesFollowTheServersClock(int daysFast) {
    Visitor alice = alice(daysFast);
    alice.choose("Add API key");
    choose(alice, 7);
    alice.button("Add").click();
    assertThat(expiryOf(alice.shownKey())).isNotNull(); // it is used
    alice.button("Close").click();
    alice.page.waitForCondition(
        () -> {
          alice.choose("View my API key details");
          boolean isUsed = details(alice).getByText("Last used from").isVisible();
          if (!isUsed) {
            alice.button("Close").click();
          }
          return isUsed;
        });
    assertThat(details(alice)).containsText("in 7 days");
    assertThat(details(alice)).containsText("this minute");
    assertThat(details(alice)).not().containsText("Expires soon");
    alice.button("Close").click();

    clock.advance(Duration.ofHours(3));
    alice.choose("View my API key details");
    assertThat(details(alice)).containsText("in 6 days");
    assertThat(details(alice)).containsText("3 hours ago");
    assertThat(details(alice)).containsText("Expires soon");
    alice.button("Delete").click();
    assertThat(alice.dialog("Delete API key?")).containsText("It was last used 3 hours ago");
  }

  /** Too little to be told from an answer's own delay; and what is past stays past. */
  @ParameterizedTest
  @ValueSource(ints = {-50, 50})
  void secondsDoNotTurnPastIntoFuture(int secondsFast) {
    Visitor alice = alice();
    alice.addKey("");
    alice.choose("View my API key details");
    alice.button("Edit").click();
    choose(alice, 7);
    alice.button("Save").click();
    alice.button("Close").click();
    clock.advance(Duration.ofDays(7));
    alice.at(clock.instant().plusSeconds(secondsFast));
    alice.choose("View my API key details");
    assertThat(details(alice)).containsText("This key has expired.");
    assertThat(details(alice)).not().containsText("in 1 minute");
    assertThat(details(alice)).containsText("this minute");
  }

  /**
   * Servers and proxies that send no date: only what is shown before is the browser's reckoning.
   */
  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void daysAreSentAsDaysWithoutADateHeader(int daysFast) {
    Visitor alice = alice(daysFast);
    alice.page.route(
        "**/api-keys",
        route -> {
          if (route.request().method().equals("GET")) {
            withoutDate(route);
          } else {
            route.resume();
          }
        });
    alice.choose("Add API key");
    choose(alice, 7);
    assertThat(alice.dialog("Add API key").locator("output")).containsText(utcIn(7 + daysFast));
    alice.button("Add").click();
    assertThat(expiryOf(alice.shownKey())).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(alice.dialog("Your API key")).containsText(utcIn(7));
  }

  private static void withoutDate(Route route) {
    APIResponse answer = route.fetch();
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.remove("date");
    route.fulfill(new Route.FulfillOptions().setResponse(answer).setHeaders(headers));
  }
}
