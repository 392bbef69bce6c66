package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class OperationsOnMariaDbTest extends OperationsContract {
  private final MariaDbServer mariaDb;
  private final String database;

  OperationsOnMariaDbTest(MariaDbServer mariaDb) {
    this.mariaDb = mariaDb;
    this.database = mariaDb.newDatabase();
  }

  @Override
  ApiKeysConfig.Builder database() {
    return ApiKeysConfig.builder()
        .jdbcUrl(mariaDb.url(database))
        .jdbcUser(MariaDbServer.USER)
        .jdbcPassword(MariaDbServer.PASSWORD);
  }

  @Override
  Connection connect() throws SQLException {
    return mariaDb.connect(database);
  }

  @Override
  String dialect(String sql) {
    return sql;
  }

  @Override
  String quote() {
    return "`";
  }

  @Test
  void driversDefaultIsEncrypted() throws Exception {
    try (MariaDbServer server = new MariaDbServer(MariaDbBinaries.bundled(), "--skip-ssl=0");
        Connection connection =
            DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + server.port() + "/",
                MariaDbServer.USER,
                MariaDbServer.PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet cipher = statement.executeQuery("SHOW STATUS LIKE 'Ssl_cipher'")) {
      cipher.next();
      assertThat(cipher.getString(2)).isNotEmpty();
    }
  }
}
