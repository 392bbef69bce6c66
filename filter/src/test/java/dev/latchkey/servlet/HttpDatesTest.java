package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpDatesTest {
  private final HttpDates dates = new HttpDates();
  private final List<Object> set = new ArrayList<>();
  private final HttpServletResponse response =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              HttpServletResponse.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) -> set.add(arguments[1]));

  @Test
  void whatIsSentAgainIsNotFormattedByTheContainer() {
    Instant at = Instant.parse("2026-06-03T04:05:06.789Z");
    dates.set(response, "X", at);
    dates.set(response, "X", at);
    dates.set(response, "X", at.minusMillis(700));
    assertThat(set)
        .containsExactly(
            at.toEpochMilli(), "Wed, 03 Jun 2026 04:05:06 GMT", "Wed, 03 Jun 2026 04:05:06 GMT");
  }

  @Test
  void datesInTheSamePlaceAreNotMistakenForEachOther() {
    for (int round = 0; round < 1_000; round++) {
      for (int i = 0; i < 3; i++) {
        Instant at = Instant.ofEpochSecond(1_800_000_000L + i * 4_096L);
        set.clear();
        dates.set(response, "X", at);
        assertThat(set)
            .first()
            .isIn(
                at.toEpochMilli(),
                List.of(
                        "Fri, 15 Jan 2027 08:00:00 GMT",
                        "Fri, 15 Jan 2027 09:08:16 GMT",
                        "Fri, 15 Jan 2027 10:16:32 GMT")
                    .get(i));
      }
    }
  }
}
