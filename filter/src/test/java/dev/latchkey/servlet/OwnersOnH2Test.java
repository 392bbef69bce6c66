package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.manage.IssuedKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnersOnH2Test extends OwnersContract {
  @Override
  Map<String, String> emptyDatabase() {
    return Map.of(
        "jdbcUrl",
        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
        "jdbcUser",
        "sa",
        "jdbcPassword",
        "");
  }

  private int questions() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet sum =
            statement.executeQuery(
                "SELECT COALESCE(SUM(EXECUTION_COUNT), 0) FROM INFORMATION_SCHEMA.QUERY_STATISTICS"
                    + " WHERE SQL_STATEMENT LIKE 'SELECT user_name%'")) {
      sum.next();
      return sum.getInt(1);
    }
  }

  @Test
  void hitsAskNobody() throws Exception {
    try (OwnersServer server = server("PT1H")) {
      IssuedKey key = server.add("alice");
      IssuedKey another = server.add("alice");
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET QUERY_STATISTICS TRUE");
      }
      for (int i = 0; i < 50; i++) {
        assertThat(server.use(key).status()).isEqualTo(200);
        assertThat(server.use(another).status()).isEqualTo(200);
      }
      assertThat(questions()).as("both queries, once").isEqualTo(2);
    }
  }
}
