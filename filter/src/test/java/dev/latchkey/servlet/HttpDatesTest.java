package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpDatesTest {
  private final HttpDates dates = new HttpDates();

  /** The example of RFC 9110 section 5.6.7. */
  @Test
  void dateIsAnImfFixdate() {
    assertThat(dates.format(Instant.parse("1994-11-06T08:49:37Z").toEpochMilli()))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void dateIsCutToTheSecond() {
    assertThat(dates.format(Instant.parse("2026-12-31T23:59:59.999Z").toEpochMilli()))
        .isEqualTo("Thu, 31 Dec 2026 23:59:59 GMT");
    assertThat(dates.format(-1)).isEqualTo("Wed, 31 Dec 1969 23:59:59 GMT");
  }

  /** A few thousand days want the same places, and come in no order. */
  @Test
  void dateIsAsTheJdkFormatsIt() {
    DateTimeFormatter jdk =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      Instant at = Instant.ofEpochMilli((long) (random.nextDouble() * 250_000_000_000_000L));
      assertThat(dates.format(at.toEpochMilli())).isEqualTo(jdk.format(at));
    }
  }
}
