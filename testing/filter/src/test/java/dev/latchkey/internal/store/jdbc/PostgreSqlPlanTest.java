package dev.latchkey.internal.store.jdbc;

import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSql.class)
class PostgreSqlPlanTest extends PlanContract {
  private static final Pattern SCAN =
      Pattern.compile("Index (?:Only )?Scan (?:Backward )?(?:using|on) (\\w+)|(Seq Scan)");

  PostgreSqlPlanTest(PostgreSqlServer server) {
    super(server);
  }

  @Override
  List<String> load() {
    return List.of(
        """
        INSERT INTO latchkey_key (key_hash, tag, owner, slot, hint, description, created_at,
          expires_at, deleted_at, changed_at)
        SELECT sha256(seq::text::bytea), 'tag-' || seq, 'user-' || seq / 4,
          CASE WHEN seq %% 10 = 0 THEN NULL ELSE seq %% 4 + 1 END,
          'lk_…' || lpad((seq %% 10000)::text, 4, '0'), '',
          '2026-01-01'::timestamp + seq * interval '1 second', '2027-01-01',
          CASE WHEN seq %% 10 = 0 THEN '2026-11-01'::timestamp END, '2026-11-01'
        FROM generate_series(1, %d) seq"""
            .formatted(ROWS),
        OldSql.LIST,
        """
        INSERT INTO latchkey_event (event_at, id, action, actor, actor_type, owner, tag, new_tag,
          details)
        SELECT '2026-01-01'::timestamp + seq * interval '1 second', 'id-' || seq, 'key.added',
          'alice', 'user', 'user-' || seq / 4, 't' || seq,
          CASE WHEN seq %% 3 = 0 THEN 'n' || seq END, '{}'
        FROM generate_series(1, %d) seq"""
            .formatted(ROWS),
        "VACUUM ANALYZE latchkey_key, latchkey_event");
  }

  @Override
  List<String> indexes(Session session, String statement, Object... values) throws SQLException {
    String plan =
        String.join("\n", session.select("EXPLAIN " + statement, row -> row.getString(1), values));
    return SCAN.matcher(plan).results().map(PostgreSqlPlanTest::name).distinct().toList();
  }

  private static String name(MatchResult scan) {
    return scan.group(1) == null ? scan.group(2) : scan.group(1);
  }

  @Override
  String primary(String table) {
    return table + "_pkey";
  }
}
