package dev.latchkey.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Headers that are dates, in the form of RFC 9110 section 5.6.7. To format one takes some
 * containers longer than to authenticate a request; so what is sent again and again is remembered.
 *
 * <p>Thread-safe.
 */
final class HttpDates {
  private static final int PLACES = 4_096;

  /** One in so many dates that are not remembered comes to be, lest they push each other out. */
  private static final int SELDOM = 64;

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final AtomicReferenceArray<Formatted> places = new AtomicReferenceArray<>(PLACES);

  private record Formatted(long second, String text) {}

  /** Sets a header to an instant, which is cut to the second. */
  void set(HttpServletResponse response, String header, Instant at) {
    long second = at.getEpochSecond();
    int place = Long.hashCode(second) & (PLACES - 1);
    Formatted formatted = places.get(place);
    if (formatted != null && formatted.second() == second) {
      response.setHeader(header, formatted.text());
      return;
    }
    response.setDateHeader(header, at.toEpochMilli());
    if (formatted == null || ThreadLocalRandom.current().nextInt(SELDOM) == 0) {
      places.set(place, new Formatted(second, IMF_FIXDATE.format(at)));
    }
  }
}
