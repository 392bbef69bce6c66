package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.key.KeyHash;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Purges soft-deleted keys, in portions, each of which is a transaction. */
final class Purge {
  private static final int PORTION = 500;

  private final Transactions transactions;

  Purge(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Purges keys that were deleted before an instant; returns how many. */
  int before(Instant deletedBefore) {
    Instant from = Instant.EPOCH; // not where rows stand that are kept
    int purged = 0;
    List<Purgeable> portion;
    do {
      portion = portion(from, deletedBefore);
      purged += portion.size();
      from = portion.isEmpty() ? from : portion.get(portion.size() - 1).deletedAt();
    } while (portion.size() == PORTION);
    return purged;
  }

  private record Purgeable(KeyHash hash, Instant deletedAt) {}

  private List<Purgeable> portion(Instant from, Instant deletedBefore) {
    return transactions.inTransaction(
        "purge deleted keys",
        session -> {
          List<Purgeable> keys =
              session.select(
                  Sql.PURGEABLE,
                  row -> new Purgeable(KeyRow.hash(row), deletedAt(row, from)),
                  from,
                  deletedBefore,
                  PORTION);
          session.updateEach(
              Sql.PURGE, keys.stream().map(key -> new Object[] {key.hash().toBytes()}).toList());
          return keys;
        });
  }

  /**
   * Returns the instant by which the next portion is found; a row in which it cannot be read goes
   * all the same.
   */
  private static Instant deletedAt(ResultSet row, Instant otherwise) throws SQLException {
    try {
      return Session.instant(row, "deleted_at");
    } catch (SQLDataException e) {
      return otherwise;
    }
  }
}
