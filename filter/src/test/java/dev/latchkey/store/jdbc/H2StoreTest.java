package dev.latchkey.store.jdbc;

import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;

class H2StoreTest extends JdbcApiKeyStoreContract {
  @BeforeAll
  void open() {
    open(emptyDatabase());
  }

  @Override
  JdbcSettings emptyDatabase() {
    return settings("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
  }

  @Override
  String farEast() {
    return "SET TIME ZONE '+13:00'";
  }
}
