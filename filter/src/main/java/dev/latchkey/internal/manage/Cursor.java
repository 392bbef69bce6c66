package dev.latchkey.internal.manage;

import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.internal.store.Position;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.KeyFilter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes places in lists as text and reads them again. It is not signed: who makes one up gets
 * another place in a list that they may see anyway. A digest of the list's filters is in it, so
 * that one is not taken for another's by mistake.
 */
final class Cursor {
  private static final int DIGEST_LENGTH = 8;
  private static final int LEAST_LENGTH = DIGEST_LENGTH + Long.BYTES;
  private static final int MOST_TEXT = 64;
  private static final long MICROS_A_SECOND = 1_000_000;
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{0,16}");

  private final byte[] digest;

  private Cursor(JsonObject list) {
    digest = Arrays.copyOf(sha256(list.toString()), DIGEST_LENGTH);
  }

  /** Cursors of a list of keys. */
  static Cursor of(KeyFilter filter) {
    return new Cursor(
        new JsonObject()
            .put("list", "keys")
            .put("owner", filter.owner().orElse(null))
            .put("ownerPrefix", filter.ownerPrefix().orElse(null))
            .put("status", filter.status().map(Enum::name).orElse(null))
            .put("tag", filter.tag().orElse(null))
            .put("hint", filter.hint().orElse(null))
            .put("unusedSince", text(filter.unusedSince()))
            .put("expiresBefore", text(filter.expiresBefore()))
            .put("createdBefore", text(filter.createdBefore())));
  }

  /**
   * Cursors of a list of events.
   *
   * @param list which one: filters alone do not tell
   */
  static Cursor of(String list, EventFilter filter) {
    return new Cursor(
        new JsonObject()
            .put("list", list)
            .put("owner", filter.owner().orElse(null))
            .put("tag", filter.tag().orElse(null))
            .put("actor", filter.actor().orElse(null))
            .put("action", filter.action().orElse(null))
            .put("since", text(filter.since()))
            .put("until", text(filter.until())));
  }

  private static @Nullable String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  /** Counts from the epoch, also where nanoseconds would be too many. */
  private static long micros(Instant at) {
    return at.getEpochSecond() * MICROS_A_SECOND + at.get(ChronoField.MICRO_OF_SECOND);
  }

  String write(Position place) {
    byte[] id = place.id().getBytes(StandardCharsets.US_ASCII);
    byte[] bytes =
        ByteBuffer.allocate(LEAST_LENGTH + id.length)
            .put(digest)
            .putLong(micros(place.at()))
            .put(id)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads a cursor.
   *
   * @throws InvalidValueException if it is none of this list
   */
  Position read(String text) {
    if (text.length() > MOST_TEXT) {
      throw invalid();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() < LEAST_LENGTH) {
        throw invalid();
      }
      byte[] of = new byte[DIGEST_LENGTH];
      bytes.get(of);
      Instant at = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
      String id = StandardCharsets.ISO_8859_1.decode(bytes).toString();
      Position place = new Position(at, id);
      boolean isPlace =
          at.isAfter(Position.FIRST.at())
              && at.isBefore(Position.LAST.at())
              && ID.matcher(id).matches();
      if (!Arrays.equals(of, digest) || !isPlace || !write(place).equals(text)) {
        throw invalid();
      }
      return place;
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw invalid();
    }
  }

  private static InvalidValueException invalid() {
    return new InvalidValueException(
        "cursor",
        "is not one of this list, with these filters; leave it out to begin at the first page");
  }
}
