package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.latchkey.test.InLongForm;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day ends a second before the next one begins, also where the clocks change at midnight. */
@InLongForm
class LastDayPageTest extends PageTest {
  LastDayPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @ParameterizedTest
  @CsvSource({
    "America/Santiago,     2027-04-03, 2027-04-04T03:59:59Z", // from 23:00 to 24:00 twice
    "America/Santiago,     2027-09-04, 2027-09-05T03:59:59Z", // then 01:00
    "Africa/Cairo,         2027-10-28, 2027-10-28T21:59:59Z", // from 23:00 to 24:00 twice
    "Africa/Cairo,         2027-04-29, 2027-04-29T21:59:59Z", // then 01:00
    "Asia/Beirut,          2027-10-30, 2027-10-30T21:59:59Z", // from 23:00 to 24:00 twice
    "Asia/Beirut,          2027-03-27, 2027-03-27T21:59:59Z", // then 01:00
    "America/Nuuk,         2027-03-27, 2027-03-28T00:59:59Z", // ends at 23:00
    "America/Scoresbysund, 2027-03-27, 2027-03-28T00:59:59Z", // ends at 23:00
    "America/Havana,       2027-03-13, 2027-03-14T04:59:59Z", // then 01:00
    "America/Havana,       2027-11-06, 2027-11-07T03:59:59Z", // then midnight twice
    "Atlantic/Azores,      2027-03-27, 2027-03-28T00:59:59Z", // then 01:00
    "Atlantic/Azores,      2027-10-30, 2027-10-30T23:59:59Z", // then midnight twice
    "Europe/Berlin,        2027-03-28, 2027-03-28T21:59:59Z", // 23 hours
    "America/New_York,     2027-11-06, 2027-11-07T03:59:59Z", // the day before one of 25 hours
    "Pacific/Apia,         2011-12-29, 2011-12-30T09:59:59Z", // then two days later
    "Asia/Kolkata,         2028-02-28, 2028-02-28T18:29:59Z", // then February 29
    "Asia/Kathmandu,       2027-12-31, 2027-12-31T18:14:59Z", // then another year
  })
  void lastDayEndsASecondBeforeTheNextBegins(String zone, LocalDate day, Instant end) {
    String utc = end.toString().replace("T", " ").replace("Z", " UTC");
    clock.set(end.minus(Duration.ofDays(365))); // the first moment from which it may be chosen
    Visitor alice = visitor(english().setTimezoneId(zone)).logIn("alice");
    alice.choose("Add API key");
    alice.label("Validity").selectOption("Until a date…");
    assertThat(alice.label("Last day")).hasAttribute("max", day.toString());
    alice.label("Last day").fill(day.toString());
    assertThat(alice.dialog("Add API key").locator("output .utc")).hasText(utc);
    alice.button("Add").click();
    assertThat(new Client(server.uri()).whoami(alice.shownKey()).status()).isEqualTo(200);
    assertThat(alice.dialog("Your API key").locator(".utc")).hasText(utc);
    alice.button("Close").click();

    advance(Duration.ofSeconds(-1));
    alice.choose("View my API key details");
    alice.button("Edit").click();
    alice.label("Validity").selectOption("Until a date…");
    assertThat(alice.label("Last day")).hasAttribute("max", day.minusDays(1).toString());
  }
}
