package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.StoredKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;

class H2StoreTest extends JdbcApiKeyStoreContract {
  @BeforeAll
  void open() {
    open(inSchema(emptyDatabase(), tableSchema()));
  }

  @Override
  JdbcSettings emptyDatabase() {
    return settings("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
  }

  @Override
  String farEast() {
    return "SET TIME ZONE '+13:00'";
  }

  @Override
  void spoil(Connection connection, StoredKey key) throws SQLException {
    session(connection)
        .update(
            "UPDATE latchkey_key SET expires_at = TIMESTAMP '999999999-01-01 00:00:00'"
                + " WHERE key_hash = ?",
            key.hash().toBytes());
  }
}
