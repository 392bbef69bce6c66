package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.KeyFilter;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes of two versions share the tables: what nodes of an earlier version send must do on the
 * newest schema what it did on theirs. So a migration drops and renames nothing that they name, and
 * adds no column that they would have to fill.
 */
@ExtendWith({MariaDb.class, PostgreSql.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingUpdateTest {
  private static final String INSERT = "Sql.INSERT";
  private static final List<String> INSERTS = List.of(INSERT, "Sql.ADD_OWNER", "Sql.ADD_EVENT");

  private final MariaDbServer mariaDb;
  private final PostgreSqlServer postgreSql;

  RollingUpdateTest(MariaDbServer mariaDb, PostgreSqlServer postgreSql) {
    this.mariaDb = mariaDb;
    this.postgreSql = postgreSql;
  }

  private JdbcSettings emptyDatabase(Vendor vendor) {
    if (vendor == Vendor.H2) {
      return JdbcApiKeyStoreContract.settings(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }
    DatabaseServer server = vendor == Vendor.MARIADB ? mariaDb : postgreSql;
    return JdbcApiKeyStoreContract.settings(
        server.url(server.newDatabase()), DatabaseServer.USER, DatabaseServer.PASSWORD);
  }

  private static Connection connect(JdbcSettings settings) throws SQLException {
    return DriverManager.getConnection(
        settings.jdbcUrl(), settings.jdbcUser(), settings.jdbcPassword());
  }

  static Stream<Arguments> filesAndDatabases() {
    return StatementsFile.all().stream()
        .flatMap(file -> Arrays.stream(Vendor.values()).map(on -> Arguments.of(file, on)));
  }

  /** Once released, a file changes no more: the next schema version comes with the next file. */
  @Test
  void statementsOfThisVersionAreWrittenDown() throws Exception {
    List<StatementsFile> newest =
        StatementsFile.all().stream()
            .filter(file -> file.schema().equals(Schema.NEWEST_VERSION))
            .toList();
    assertThat(newest)
        .as("a file statements-<version>.sql of schema %s", Schema.NEWEST_VERSION)
        .hasSize(1);
    StatementsFile code = StatementsFile.ofCode(newest.get(0).name());
    Path printed = Files.writeString(Path.of("target", code.name()), code.print());
    assertThat(newest.get(0))
        .as("the statements of this version; if the change is meant, copy %s", printed)
        .isEqualTo(code);
  }

  @Test
  void statementsAreReadAsTheyAreWritten() {
    assertThat(StatementsFile.all())
        .hasSizeGreaterThan(1)
        .allSatisfy(file -> assertThat(file.statements()).hasSizeGreaterThan(25))
        .allSatisfy(file -> assertThat(file.statements()).containsKey(INSERT));
  }

  /** On rows that these nodes have made. */
  @ParameterizedTest
  @MethodSource("filesAndDatabases")
  void nodesOfEachVersionWorkOnTheNewestSchema(StatementsFile file, Vendor vendor)
      throws Exception {
    JdbcSettings settings = emptyDatabase(vendor);
    Map<String, String> statements = file.on(vendor);
    try (ApiKeyStore newest = JdbcStores.open(settings);
        Connection connection = connect(settings)) {
      assertThat(newest.now()).isNotNull();
      connection.setAutoCommit(false);
      Session session = JdbcApiKeyStoreContract.session(connection);
      for (Map.Entry<String, String> statement : statements.entrySet()) {
        for (String insert : INSERTS) {
          if (statements.containsKey(insert) && !insert.equals(statement.getKey())) {
            send(session, statements.get(insert));
          }
        }
        try {
          send(session, statement.getValue());
        } catch (SQLException e) {
          throw new AssertionError(file + " on " + vendor + ": " + statement.getKey(), e);
        }
        connection.rollback();
      }
    }
  }

  private static void send(Session session, String statement) throws SQLException {
    Object[] values = SampleValues.of(statement);
    if (statement.startsWith("SELECT")) {
      session.select(statement, row -> row, values);
    } else {
      session.update(statement, values);
    }
  }

  /** From the first release on: what builds before it add beside newer nodes is in no list. */
  static Stream<Arguments> releasesAndDatabases() {
    return filesAndDatabases()
        .filter(file -> !((StatementsFile) file.get()[0]).name().contains("before"));
  }

  @ParameterizedTest
  @MethodSource("releasesAndDatabases")
  void keysOfEachVersionAreFoundByTheNewest(StatementsFile file, Vendor vendor) throws Exception {
    JdbcSettings settings = emptyDatabase(vendor);
    try (ApiKeyStore newest = JdbcStores.open(settings);
        Connection connection = connect(settings)) {
      send(JdbcApiKeyStoreContract.session(connection), file.on(vendor).get(INSERT));
      StoredKey key = newest.findByOwner("sample").get(0);
      for (KeyFilter filter :
          List.of(
              KeyFilter.all(),
              KeyFilter.all().withOwner("sample"),
              KeyFilter.all().withHint(key.hint()))) {
        assertThat(newest.administration().keys(filter, Position.LAST, 9, key.createdAt()).items())
            .containsExactly(key);
      }
    }
  }
}
