package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.LongForm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;

/** How much room events take, indexes included: a figure of docs/audit.md. */
class AuditSizeIT {
  private static final int EVENTS = LongForm.choose(100_000, 20_000);

  @EachServer(inShort = Server.MARIADB)
  void eventTakesLittleRoom(Server kind) throws Exception {
    try (DatabaseServer server = kind.start()) {
      String database = server.newDatabase();
      ApiKeysConfig config =
          ApiKeysConfig.builder()
              .jdbcUrl(server.url(database))
              .jdbcUser(DatabaseServer.USER)
              .jdbcPassword(DatabaseServer.PASSWORD)
              .build();
      ApiKeys.open(config).close(); // makes the tables
      try (Connection connection = server.connect(database)) {
        fill(connection);
        long bytes = size(connection, kind) / EVENTS;
        Figures.print(kind + ": bytes an event, of " + EVENTS, bytes);
        assertThat(bytes).isBetween(100L, 2_000L);
      }
    }
  }

  /** One owner in ten events, as they come: added, edited, reissued, deleted. */
  private static void fill(Connection connection) throws SQLException {
    String[] actions = {"key.added", "key.edited", "key.reissued", "key.deleted"};
    String[] details = {
      "{\"expiresAt\":\"2026-12-25T01:12:30Z\",\"scopes\":null}",
      "{\"old\":{\"description\":\"nightly export\"},\"new\":{\"description\":\"hourly export\"}}",
      "{\"newTag\":\"%s\",\"expiresAt\":\"2026-12-25T01:12:30Z\",\"scopes\":null,"
          + "\"oldWorksUntil\":\"2026-11-25T02:12:30Z\"}",
      "{}"
    };
    LocalDateTime at = LocalDateTime.of(2026, 11, 25, 0, 0);
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO latchkey_event (event_at, id, action, actor, actor_type, owner, tag,"
                + " new_tag, address, details) VALUES (?, ?, ?, ?, 'user', ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < EVENTS; i++) {
        String tag = "%012d".formatted(i * 7_919L % EVENTS);
        String owner = "user" + i * 31L % (EVENTS / 10) + "@example.com";
        insert.setObject(1, at.plusNanos(i * 1_234_567_000L));
        insert.setString(2, tag + "0000");
        insert.setString(3, actions[i % 4]);
        insert.setString(4, owner);
        insert.setString(5, owner);
        insert.setString(6, tag);
        insert.setString(7, i % 4 == 2 ? tag : null);
        insert.setString(8, "192.0.2." + i % 256);
        insert.setString(9, details[i % 4].formatted(tag));
        insert.addBatch();
        if (i % 1_000 == 999) {
          insert.executeBatch();
        }
      }
    }
    connection.commit();
  }

  private static long size(Connection connection, Server kind) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (kind == Server.MARIADB) {
        statement.execute("ANALYZE TABLE latchkey_event");
      }
      ResultSet size =
          statement.executeQuery(
              kind == Server.MARIADB
                  ? "SELECT data_length + index_length FROM information_schema.tables"
                      + " WHERE table_schema = DATABASE() AND table_name = 'latchkey_event'"
                  : "SELECT pg_total_relation_size('latchkey_event')");
      size.next();
      return size.getLong(1);
    }
  }
}
