package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MariaDb.class)
class MariaDbPlanTest extends PlanContract {
  MariaDbPlanTest(MariaDbServer server) {
    super(server);
  }

  @Override
  List<String> load() {
    return List.of(
        """
        INSERT INTO latchkey_key (key_hash, tag, owner, slot, hint, description, created_at,
          expires_at, deleted_at, changed_at)
        SELECT UNHEX(SHA2(seq, 256)), CONCAT('tag-', seq), CONCAT('user-', seq DIV 4),
          IF(seq MOD 10 = 0, NULL, seq MOD 4 + 1), CONCAT('lk_…', LPAD(seq MOD 10000, 4, '0')), '',
          '2026-01-01' + INTERVAL seq SECOND, '2027-01-01', IF(seq MOD 10 = 0, '2026-11-01', NULL),
          '2026-11-01'
        FROM seq_1_to_%d"""
            .formatted(ROWS),
        OldSql.LIST,
        """
        INSERT INTO latchkey_event (event_at, id, action, actor, actor_type, owner, tag, new_tag,
          details)
        SELECT '2026-01-01' + INTERVAL seq SECOND, CONCAT('id-', seq), 'key.added', 'alice', 'user',
          CONCAT('user-', seq DIV 4), CONCAT('t', seq), IF(seq MOD 3 = 0, CONCAT('n', seq), NULL),
          '{}'
        FROM seq_1_to_%d"""
            .formatted(ROWS),
        "ANALYZE TABLE latchkey_key, latchkey_event");
  }

  @Override
  List<String> indexes(Session session, String statement, Object... values) throws SQLException {
    return session.select("EXPLAIN " + statement, row -> row.getString("key"), values).stream()
        .filter(Objects::nonNull)
        .flatMap(key -> Stream.of(key.split(",")))
        .toList();
  }

  @Override
  String primary(String table) {
    return "PRIMARY";
  }
}
