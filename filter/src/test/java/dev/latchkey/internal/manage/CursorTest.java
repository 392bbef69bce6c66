package dev.latchkey.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.internal.store.Position;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.KeyFilter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private static final Instant AT = Instant.parse("2026-11-23T04:00:00.123456Z");
  private static final Position PLACE = new Position(AT, "3kTq9mWxZ2aB");
  private static final Cursor ALL = Cursor.of(KeyFilter.all());

  /** Every list that there is, and each filter of it. */
  private static List<Cursor> lists() {
    KeyFilter keys = KeyFilter.all();
    EventFilter events = EventFilter.all();
    return List.of(
        ALL,
        Cursor.of(keys.withOwner("alice")),
        Cursor.of(keys.withOwner("Alice")),
        Cursor.of(keys.withOwner("alice\",\"tag\":\"x")),
        Cursor.of(keys.withOwnerPrefix("alice")),
        Cursor.of(keys.withOwner("alice").withOwnerPrefix("alice")),
        Cursor.of(keys.withStatus(KeyFilter.Status.ACTIVE)),
        Cursor.of(keys.withStatus(KeyFilter.Status.EXPIRED)),
        Cursor.of(keys.withTag("alice")),
        Cursor.of(keys.withHint("alice")),
        Cursor.of(keys.withUnusedSince(AT)),
        Cursor.of(keys.withExpiresBefore(AT)),
        Cursor.of(keys.withCreatedBefore(AT)),
        Cursor.of(keys.withCreatedBefore(AT.plusNanos(1))),
        Cursor.of("events", events),
        Cursor.of("own events", events),
        Cursor.of("events", events.withOwner("alice")),
        Cursor.of("events", events.withTag("alice")),
        Cursor.of("events", events.withActor("alice")),
        Cursor.of("events", events.withAction("alice")),
        Cursor.of("events", events.withSince(AT)),
        Cursor.of("events", events.withUntil(AT)));
  }

  private static void assertInvalid(Cursor cursor, String text) {
    assertThatThrownBy(() -> cursor.read(text))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("cursor"));
  }

  private static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void placeIsReadAsItWasWritten() {
    for (Instant at :
        List.of(
            AT,
            Instant.EPOCH,
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("0001-01-01T00:00:00.000001Z"),
            Instant.parse("9999-12-31T23:59:58.999999Z"))) {
      for (String id : List.of("3kTq9mWxZ2aB", "3kTq9mWxZ2aB0001", "")) {
        Position place = new Position(at, id);
        for (Cursor cursor : lists()) {
          assertThat(cursor.read(cursor.write(place))).isEqualTo(place);
        }
      }
    }
  }

  /** It travels in a URL. */
  @Test
  void textHoldsNothingThatAUrlWouldHaveToEscape() {
    assertThat(ALL.write(PLACE)).matches("[0-9A-Za-z_-]{30,64}");
  }

  @Test
  void filterThatIsMadeAgainReadsIt() {
    KeyFilter filter = KeyFilter.all().withOwner("é🔑").withUnusedSince(AT);
    KeyFilter again = KeyFilter.all().withUnusedSince(AT).withOwner("é🔑");
    assertThat(Cursor.of(again).read(Cursor.of(filter).write(PLACE))).isEqualTo(PLACE);
  }

  @Test
  void noOtherListTakesIt() {
    for (Cursor cursor : lists()) {
      for (Cursor other : lists()) {
        String text = cursor.write(PLACE);
        if (!text.equals(other.write(PLACE))) {
          assertInvalid(other, text);
        }
      }
    }
    assertThat(lists().stream().map(cursor -> cursor.write(PLACE)).distinct())
        .hasSameSizeAs(lists());
  }

  @Test
  void cutIsNone() {
    String text = ALL.write(PLACE);
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      if (bytes(text).length - PLACE.id().length() > length * 6 / 8) {
        assertInvalid(ALL, cut);
      } else {
        assertReadsBackOrNothing(cut);
      }
    }
  }

  /** Which is then a place that somebody may see anyway. */
  private static void assertReadsBackOrNothing(String text) {
    Position place;
    try {
      place = ALL.read(text);
    } catch (InvalidValueException e) {
      assertThat(e.field()).isEqualTo("cursor");
      return;
    }
    assertThat(ALL.write(place)).isEqualTo(text);
    assertThat(place.id()).matches("[0-9A-Za-z]{0,16}");
    assertThat(place.at()).isBetween(Position.FIRST.at(), Position.LAST.at());
  }

  @Test
  void forgedIsNoneOrAPlace() {
    Random random = new Random(16);
    byte[] good = bytes(ALL.write(PLACE));
    Set<String> forged = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      forged.add(text(bytes));
      StringBuilder text = new StringBuilder(text(good));
      text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x180));
      forged.add(text.toString());
    }
    forged.forEach(CursorTest::assertReadsBackOrNothing);
  }

  @Test
  void timesBeyondAllListsAreNone() {
    for (long micros :
        new long[] {
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          Position.FIRST.at().getEpochSecond() * 1_000_000,
          Position.LAST.at().getEpochSecond() * 1_000_000
        }) {
      byte[] bytes = bytes(ALL.write(PLACE));
      ByteBuffer.wrap(bytes).putLong(8, micros);
      assertInvalid(ALL, text(bytes));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "=", "%", "..", "é🔑", "null", "AAAA", "' OR 1 = 1; --"})
  void otherTextsAreNone(String text) {
    assertInvalid(ALL, text);
    assertInvalid(ALL, ALL.write(PLACE) + text + "=");
    assertInvalid(ALL, "\n" + ALL.write(PLACE));
  }

  @Test
  void hugeTextsAreNone() {
    String text = ALL.write(PLACE);
    Stream.of(text + "A".repeat(64), "A".repeat(1_000_000), text.repeat(1_000))
        .forEach(huge -> assertInvalid(ALL, huge));
  }
}
