package dev.latchkey.store.jdbc;

import dev.latchkey.log.Causes;
import dev.latchkey.store.jdbc.Session.RowReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows that somebody has changed by hand so that they cannot be read: such a row fails alone, and
 * is told of at most once a minute.
 *
 * <p>Thread-safe.
 */
final class UnreadableRows {
  private static final Logger log = System.getLogger(UnreadableRows.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 1_000;

  private final Map<String, Long> toldAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** Reads rows, and those that cannot be read otherwise. */
  <T> RowReader<T> or(RowReader<T> otherwise, RowReader<T> reader) {
    return row -> {
      try {
        return reader.read(row);
      } catch (SQLException | RuntimeException e) {
        if (e instanceof SQLException failure && Transactions.isLost(failure)) {
          throw failure;
        }
        tell(row, e);
        return otherwise.read(row);
      }
    };
  }

  private void tell(ResultSet row, Exception failure) throws SQLException {
    String tag = row.getString("tag");
    if (isToBeTold(tag)) {
      log.log(
          Level.WARNING,
          Causes.explain(
              "Latchkey: row of key " + tag + " not readable, it gets 503 until it is mended",
              failure));
    }
  }

  private boolean isToBeTold(String tag) {
    long now = System.nanoTime();
    synchronized (toldAt) {
      Long before = toldAt.get(tag);
      if (before != null && now - before < PAUSE.toNanos()) {
        return false;
      }
      toldAt.put(tag, now);
      return true;
    }
  }
}
