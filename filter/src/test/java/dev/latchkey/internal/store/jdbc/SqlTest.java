package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class SqlTest {
  private static List<String> statements() {
    return Arrays.stream(Sql.class.getDeclaredFields())
        .filter(field -> field.getType() == String.class && !field.getName().equals("NOW"))
        .map(SqlTest::value)
        .toList();
  }

  private static String value(Field field) {
    try {
      field.setAccessible(true);
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eachStatementIsWholeButForTheClock() throws Exception {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    JdbcStores.open(JdbcApiKeyStoreContract.settings(h2, true)).close();
    assertThat(statements()).hasSizeGreaterThan(20);
    try (Connection connection = h2.getConnection()) {
      for (String statement : statements()) {
        assertThat(statement).doesNotEndWith("\n");
        prepare(connection, statement.replace("${now}", "CURRENT_TIMESTAMP"));
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
      for (String statement : statements()) {
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
