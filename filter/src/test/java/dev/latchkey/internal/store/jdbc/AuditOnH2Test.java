package dev.latchkey.internal.store.jdbc;

import java.util.UUID;

class AuditOnH2Test extends AuditContract {
  @Override
  JdbcSettings emptyDatabase() {
    return JdbcApiKeyStoreContract.settings(
        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
  }
}
