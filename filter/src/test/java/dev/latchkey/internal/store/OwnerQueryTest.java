package dev.latchkey.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerQueryTest {
  @Test
  void theOnePlaceStandsForAll() {
    OwnerQuery query =
        OwnerQuery.of("SELECT u, r FROM t WHERE a = 'IN (?)' AND u IN (?) ORDER BY r");
    assertThat(query.forOwners(1)).isEqualTo(query.toString());
    assertThat(query.forOwners(3))
        .isEqualTo("SELECT u, r FROM t WHERE a = 'IN (?)' AND u IN (?, ?, ?) ORDER BY r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select u from t where u in(?)",
        "  SELECT u FROM t WHERE u IN ( ? ) ",
        "SELECT u\nFROM t\nWHERE u IN\n(\n?\n)",
        "/* who? */ SELECT u FROM t WHERE u IN (?)",
        "-- who?\nSELECT u FROM t WHERE u IN (?)",
        "# who?\nSELECT u FROM t WHERE u IN (?)",
        "SELECT u FROM t WHERE u IN (/* all */ ?)",
        "SELECT u FROM t WHERE u IN (?) -- why?",
        "SELECT u FROM t WHERE u IN (?) AND a <> 'it''s; ?'",
        "SELECT u FROM \"odd?\" WHERE u IN (?)",
        "SELECT u FROM `odd?` WHERE u IN (?)",
        "SELECT u FROM t WHERE a LIKE '100\\%' AND u IN (?)",
        "SELECT u FROM t JOIN g ON g.id = t.id WHERE (t.u IN (?) AND t.active)",
        "SELECT u FROM t WHERE id NOT IN (1, 2) AND u IN (?)",
        "WITH a AS (SELECT u FROM t WHERE active) SELECT u FROM a WHERE u IN (?)"
      })
  void oneSelectWithOnePlaceIsTaken(String text) {
    assertThat(OwnerQuery.of(text).forOwners(2)).contains("?, ?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "IN (?)",
        "SELECT u FROM t",
        "SELECT u FROM t WHERE u = ?",
        "SELECT u FROM t WHERE u LIKE (?)",
        "SELECT u FROM t WHERE u NOT IN (?)",
        "SELECT u FROM t WHERE u NOT\nIN\n(?)",
        "SELECT u FROM t WHERE u IN ?",
        "SELECT u FROM t WHERE u IN (?, ?)",
        "SELECT u FROM t WHERE u IN (LOWER(?))",
        "SELECT u FROM t WHERE LOWER(u) IN (LOWER(?))",
        "SELECT u FROM t WHERE u IN (?) OR v IN (?)",
        "SELECT u FROM t WHERE u IN (?) AND a = ?",
        "SELECT u FROM t WHERE a = ? AND u IN (?)",
        "SELECT u FROM t WHERE u WITHIN (?)",
        "SELECT u FROM t WHERE u = 'IN (?)'",
        "SELECT u FROM t WHERE u = \"IN (?)\"",
        "SELECT u FROM t WHERE u = `IN (?)`",
        "SELECT u FROM t -- WHERE u IN (?)",
        "SELECT u FROM t # WHERE u IN (?)",
        "SELECT u FROM t /* WHERE u IN (?) */",
        "SELECT u FROM t WHERE u IN ('?')",
        "SELECT u FROM t WHERE u IN (?);",
        "SELECT u FROM t WHERE u IN (?); DROP TABLE t",
        "SELECT u FROM t WHERE u IN (?) AND a = 'x",
        "SELECT u FROM t WHERE u IN (?) /* x",
        "SELECT u FROM t WHERE a = '\\' AND u IN (?) AND b = ''", // databases do not agree
        "SELECT u FROM t WHERE a = '\\'' AND u IN (?)",
        "SELECTED u FROM t WHERE u IN (?)",
        "DELETE FROM t WHERE u IN (?)",
        "UPDATE t SET a = 1 WHERE u IN (?)",
        "INSERT INTO t SELECT u FROM t WHERE u IN (?)",
        "CALL p WHERE u IN (?)",
        "EXPLAIN SELECT u FROM t WHERE u IN (?)",
        "(SELECT u FROM t WHERE u IN (?))"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> OwnerQuery.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("IN (?)");
  }

  @Test
  void longTextsAreRead() {
    String literal = "'" + "x''".repeat(100_000) + "'";
    String query = "SELECT u FROM t WHERE a <> " + literal + " AND u IN (?)";
    assertThat(OwnerQuery.of(query).forOwners(2)).endsWith("IN (?, ?)");
    assertThatThrownBy(() -> OwnerQuery.of(query.substring(0, query.length() - 10)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
