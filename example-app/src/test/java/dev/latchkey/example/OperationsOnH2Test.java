package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

class OperationsOnH2Test extends OperationsContract {
  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  @Override
  ApiKeysConfig.Builder database() {
    return ApiKeysConfig.builder().jdbcUrl(url).jdbcUser("sa");
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "sa", "");
  }

  @Override
  String dialect(String sql) throws Exception {
    return sql.replace(CLOCK, OperationsPage.block("Changes in SQL", "text").strip());
  }

  @Override
  String quote() {
    return "\"";
  }
}
