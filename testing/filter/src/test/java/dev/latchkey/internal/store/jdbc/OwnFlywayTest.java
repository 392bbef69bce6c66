package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application's own Flyway in the same, at first empty, database: see docs/operations.md. */
@ExtendWith(MariaDb.class)
@ExtendWith(PostgreSql.class)
class OwnFlywayTest {
  private final Map<Vendors, DatabaseServer> servers;
  @TempDir private Path migrations;

  /** A database, as a URL with its account. */
  private record Database(String url, String user, String password) {
    void latchkey() {
      ApiKeys.open(
              ApiKeysConfig.builder().jdbcUrl(url).jdbcUser(user).jdbcPassword(password).build())
          .close();
    }

    int count(String table) throws SQLException {
      try (Connection connection = DriverManager.getConnection(url, user, password);
          Statement statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private enum Vendors {
    H2,
    MARIADB,
    POSTGRESQL
  }

  OwnFlywayTest(MariaDbServer mariaDb, PostgreSqlServer postgreSql) {
    servers = Map.of(Vendors.MARIADB, mariaDb, Vendors.POSTGRESQL, postgreSql);
  }

  private Database empty(Vendors vendor) {
    DatabaseServer server = servers.get(vendor);
    return server == null
        ? new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "")
        : new Database(
            server.url(server.newDatabase()), DatabaseServer.USER, DatabaseServer.PASSWORD);
  }

  @BeforeEach
  void migrations() throws Exception {
    Files.writeString(migrations.resolve("V1__shop.sql"), "CREATE TABLE shop (id INT);");
    Files.writeString(migrations.resolve("V2__stock.sql"), "INSERT INTO shop VALUES (1);");
  }

  private FluentConfiguration own(Database database) {
    return Flyway.configure()
        .dataSource(database.url(), database.user(), database.password())
        .locations("filesystem:" + migrations);
  }

  private static void assertBothWork(Database database) throws SQLException {
    assertThat(database.count("shop")).isEqualTo(1);
    assertThat(database.count("latchkey_key")).isZero();
    database.latchkey();
  }

  @ParameterizedTest
  @EnumSource
  void ownFirstNeedsNoSetting(Vendors vendor) throws Exception {
    Database database = empty(vendor);
    own(database).load().migrate();
    database.latchkey();
    own(database).load().migrate();
    assertBothWork(database);
  }

  @ParameterizedTest
  @EnumSource
  void oursFirstNeedsABaselineOfZeroThere(Vendors vendor) throws Exception {
    Database database = empty(vendor);
    database.latchkey();
    assertThatThrownBy(() -> own(database).load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("non-empty schema");
    own(database).baselineOnMigrate(true).baselineVersion("0").load().migrate();
    assertBothWork(database);
  }

  /** Why the page names the version: the default would leave out the application's first one. */
  @Test
  void baselineOfOneLeavesOutTheFirstMigration() {
    Database database = empty(Vendors.H2);
    database.latchkey();
    FluentConfiguration own = own(database).baselineOnMigrate(true);
    assertThatThrownBy(() -> own.load().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("SHOP");
  }

  @Test
  void oursFirstInASchemaOfItsOwnNeedsNoSetting() throws Exception {
    Database own = empty(Vendors.MARIADB);
    Database ours = empty(Vendors.MARIADB);
    ours.latchkey();
    own(own).load().migrate();
    assertThat(own.count("shop")).isEqualTo(1);
    assertThat(ours.count("latchkey_key")).isZero();
  }
}
