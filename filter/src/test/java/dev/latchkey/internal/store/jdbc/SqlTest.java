package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class SqlTest {
  private static final StatementsFile CODE = StatementsFile.ofCode("code");

  @Test
  void eachStatementIsWholeButForItsPlaceholders() throws Exception {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    JdbcStores.open(JdbcApiKeyStoreContract.settings(h2, true)).close();
    assertThat(CODE.statements()).hasSizeGreaterThan(40);
    try (Connection connection = h2.getConnection()) {
      for (String statement : CODE.on(Vendor.H2).values()) {
        assertThat(statement).doesNotEndWith("\n");
        prepare(connection, statement);
      }
    }
  }

  private static void prepare(Connection connection, String statement) throws SQLException {
    connection.prepareStatement(statement).close();
  }

  /** Where no table of ours is in the schema that it would be looked for in. */
  @Test
  void eachStatementNamesTheSchemaThatIsSet() throws Exception {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    JdbcStores.open(
            JdbcApiKeyStoreContract.inSchema(JdbcApiKeyStoreContract.settings(h2, true), "Ours"))
        .close();
    Statements texts = new Statements("Ours");
    try (Connection connection = h2.getConnection()) {
      for (String statement : CODE.statements().values()) {
        String text = texts.in(connection, statement);
        prepare(connection, text);
        assertThat(texts.in(connection, statement)).as("made once").isSameAs(text);
      }
    }
  }

  @Test
  void lookUpHasAPlaceForEachHash() {
    assertThat(Sql.findByHashes(1)).endsWith("key_hash IN (?)");
    assertThat(Sql.findByHashes(4)).endsWith("key_hash IN (?, ?, ?, ?)");
  }
}
