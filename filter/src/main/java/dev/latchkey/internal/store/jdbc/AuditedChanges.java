package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.TagGenerator;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.manage.Actor;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;

/** Makes changes, each with its events in one transaction: both are there or neither. */
final class AuditedChanges {
  private final Transactions transactions;
  private final TagGenerator ids = new TagGenerator(new SecureRandom());

  AuditedChanges(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A change that tells the audit what it does; it may run again from its start. */
  @FunctionalInterface
  interface Work {
    /** Returns the hashes whose answer may be another then. */
    List<KeyHash> run(Session session, AuditTrail trail) throws SQLException;
  }

  Changed make(String purpose, Actor by, Work work) {
    return transactions.inTransaction(
        purpose,
        session -> {
          AuditTrail trail = new AuditTrail(by, ids.newTag());
          List<KeyHash> hashes = work.run(session, trail);
          return new Changed(hashes, trail.write(session));
        });
  }
}
