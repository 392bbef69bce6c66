package dev.latchkey.servlet;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Dates as RFC 9110 section 5.6.7 has them in headers. To format one takes some containers longer
 * than to authenticate a request; so the days are remembered, and only the time is put after them.
 *
 * <p>Thread-safe.
 */
final class HttpDates {
  /** More than a key is valid for as a rule, so that hardly two days want the same place. */
  private static final int PLACES = 512;

  private static final int SECOND = 1_000; // milliseconds
  private static final int MINUTE = 60; // seconds, and minutes in an hour
  private static final int DAY = 24 * MINUTE * MINUTE;
  private static final int TEN = 10;

  private static final String MIDNIGHT = "00:00:00 GMT";
  private static final int DAY_OF_MONTH = "Sun, ".length();

  private final AtomicReferenceArray<Day> days = new AtomicReferenceArray<>(PLACES);

  private record Day(long epochDay, String text) {}

  /** The second that an instant is in, which is told in milliseconds since the epoch. */
  String format(long millis) {
    long epochSecond = Math.floorDiv(millis, SECOND);
    long epochDay = Math.floorDiv(epochSecond, DAY);
    int second = (int) (epochSecond - epochDay * DAY);
    int minute = second / MINUTE;
    int hour = minute / MINUTE;
    return day(epochDay)
        + tens(hour)
        + ones(hour)
        + ':'
        + tens(minute % MINUTE)
        + ones(minute % MINUTE)
        + ':'
        + tens(second % MINUTE)
        + ones(second % MINUTE)
        + " GMT";
  }

  private static char tens(int number) {
    return (char) ('0' + number / TEN);
  }

  private static char ones(int number) {
    return (char) ('0' + number % TEN);
  }

  private String day(long epochDay) {
    int place = (int) epochDay & (PLACES - 1);
    Day day = days.get(place);
    if (day == null || day.epochDay() != epochDay) {
      day = new Day(epochDay, text(LocalDate.ofEpochDay(epochDay)));
      days.set(place, day);
    }
    return day.text();
  }

  /** As RFC 1123 has it, where the day of the month may have one digit, while ours has two. */
  private static String text(LocalDate day) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(day.atStartOfDay(ZoneOffset.UTC));
    String text = date.substring(0, date.length() - MIDNIGHT.length());
    return day.getDayOfMonth() < TEN
        ? text.substring(0, DAY_OF_MONTH) + '0' + text.substring(DAY_OF_MONTH)
        : text;
  }
}
