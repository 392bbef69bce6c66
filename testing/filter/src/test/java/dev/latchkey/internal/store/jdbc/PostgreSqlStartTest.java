package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.PostgreSql;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class PostgreSqlStartTest extends ServerStartContract {
  @Override
  Vendor vendor() {
    return Vendor.POSTGRESQL;
  }

  @Override
  Stream<String> questions() {
    return Stream.of("SELECT * FROM \"latchkey", "FROM latchkey_key WHERE 1 = 0");
  }

  @Override
  Stream<String> migrations() {
    return Stream.of(
        "pg_try_advisory",
        "CREATE TABLE \"" /* its history */,
        "CREATE TABLE IF NOT EXISTS latchkey_key",
        "DROP TABLE latchkey_disabled_owner",
        "INSERT INTO \"");
  }

  @Override
  String openTransactions() {
    return "SELECT COUNT(pg_current_xact_id_if_assigned())";
  }
}
