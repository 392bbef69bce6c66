package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.Position;
import java.time.Duration;
import java.util.List;

/** Purges events, oldest first, in portions, each of which is a transaction. */
final class EventPurge {
  private static final int PORTION = 500;

  private final Transactions transactions;

  EventPurge(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Purges events that are older than a time by the database's clock; returns how many. */
  int olderThan(Duration retention) {
    int purged = 0;
    int portion;
    do {
      portion =
          transactions.inTransaction(
              "purge events",
              session -> {
                List<Position> old =
                    session.select(
                        AdministrationSql.OLD_EVENTS,
                        EventRow::position,
                        session.now().minus(retention),
                        PORTION);
                session.updateEach(
                    AdministrationSql.PURGE_EVENT,
                    old.stream().map(event -> new Object[] {event.at(), event.id()}).toList());
                return old.size();
              });
      purged += portion;
    } while (portion == PORTION);
    return purged;
  }
}
