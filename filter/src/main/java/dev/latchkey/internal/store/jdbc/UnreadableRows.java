package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.jdbc.Session.RowReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that somebody has changed by hand so that they cannot be read: such a row fails alone, and
 * is told of at most once a minute.
 *
 * <p>Thread-safe.
 */
final class UnreadableRows {
  private static final Logger log = System.getLogger(UnreadableRows.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 1_000;

  private final Map<String, Long> toldAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** Reads rows of keys, and those that cannot be read otherwise. */
  <T> RowReader<T> or(RowReader<T> otherwise, RowReader<T> reader) {
    return or(
        row ->
            "row of key "
                + row.getString("tag")
                + " not readable, it gets 503 until it is mended"
                + " or deleted",
        otherwise,
        reader);
  }

  /**
   * Reads rows, and those that cannot be read otherwise.
   *
   * @param message what follows
   */
  <T> RowReader<T> or(String message, RowReader<T> otherwise, RowReader<T> reader) {
    return or(row -> message, otherwise, reader);
  }

  private <T> RowReader<T> or(
      RowReader<String> message, RowReader<T> otherwise, RowReader<T> reader) {
    return row -> {
      try {
        return reader.read(row);
      } catch (SQLException | RuntimeException e) {
        requireData(e);
        tell(message.read(row), e);
        return otherwise.read(row);
      }
    };
  }

  /**
   * Reads rows, and leaves out those that cannot be read.
   *
   * @param message what follows
   */
  <T> RowReader<Optional<T>> skip(String message, RowReader<T> reader) {
    return or(message, row -> Optional.empty(), row -> Optional.of(reader.read(row)));
  }

  private static void requireData(Exception e) throws SQLException {
    if (e instanceof SQLException failure && SqlFailures.isLost(failure)) {
      throw failure;
    }
  }

  private void tell(String message, Exception failure) {
    if (isToBeTold(message)) {
      log.log(Level.WARNING, Causes.explain("Latchkey: " + message, failure));
    }
  }

  private boolean isToBeTold(String message) {
    long now = System.nanoTime();
    synchronized (toldAt) {
      Long before = toldAt.get(message);
      if (before != null && now - before < PAUSE.toNanos()) {
        return false;
      }
      toldAt.put(message, now);
      return true;
    }
  }
}
