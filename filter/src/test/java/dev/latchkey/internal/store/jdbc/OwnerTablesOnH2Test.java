package dev.latchkey.internal.store.jdbc;

import java.util.UUID;

class OwnerTablesOnH2Test extends OwnerTablesContract {
  @Override
  JdbcSettings emptyDatabase() {
    return JdbcApiKeyStoreContract.settings(
        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
  }

  @Override
  String caseInsensitive() {
    return "VARCHAR_IGNORECASE(64)";
  }
}
