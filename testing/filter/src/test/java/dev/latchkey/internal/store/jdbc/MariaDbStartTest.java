package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.MariaDb;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class MariaDbStartTest extends ServerStartContract {
  @Override
  Vendor vendor() {
    return Vendor.MARIADB;
  }

  @Override
  Stream<String> questions() {
    return Stream.of("SELECT * FROM `latchkey", "FROM latchkey_key WHERE 1 = 0");
  }

  @Override
  Stream<String> migrations() {
    return Stream.of(
        "GET_LOCK",
        "CREATE TABLE `" /* its history */,
        "CREATE TABLE IF NOT EXISTS latchkey_key",
        "DROP TABLE latchkey_disabled_owner",
        "INSERT INTO `");
  }

  @Override
  String openTransactions() {
    return "SELECT @@in_transaction";
  }
}
