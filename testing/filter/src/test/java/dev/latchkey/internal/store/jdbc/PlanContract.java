package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Position;
import dev.latchkey.test.DatabaseServer;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which index a database takes for each list, in tables that are long enough for it to matter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlanContract {
  static final int ROWS = 200_000;

  /** In the middle of all, by what {@link #load} makes. */
  private static final Instant MIDDLE = Instant.parse("2026-01-02T00:00:00Z");

  private static final int PAGE = 51;
  private static final String MIDDLE_TAG = "m";

  private final DatabaseServer server;
  private String database;
  private Connection connection;

  PlanContract(DatabaseServer server) {
    this.server = server;
  }

  /** Statements that make the rows: keys and events a second apart, from 2026 on. */
  abstract List<String> load();

  /** The names of the indexes, or what else, that the database says it takes. */
  abstract List<String> indexes(Session session, String statement, Object... values)
      throws SQLException;

  /** What it calls the index of the primary key of a table. */
  abstract String primary(String table);

  @BeforeAll
  void fill() throws SQLException {
    database = server.newDatabase();
    JdbcStores.open(
            JdbcApiKeyStoreContract.settings(
                server.url(database), DatabaseServer.USER, DatabaseServer.PASSWORD))
        .close();
    connection = server.connect(database);
    try (Statement statement = connection.createStatement()) {
      for (String sql : load()) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
  }

  private Session session() {
    return JdbcApiKeyStoreContract.session(connection);
  }

  static Stream<Arguments> lists() {
    String keys = "latchkey_key";
    Object[] last = {Position.LAST.at(), Position.LAST.at(), Position.LAST.id(), PAGE};
    Object[] middle = {MIDDLE, MIDDLE, MIDDLE_TAG, PAGE};
    Object[] allEvents = {Position.LAST.at(), Position.LAST.at(), "~", Position.FIRST.at(), PAGE};
    Object[] someEvents = {MIDDLE, MIDDLE, MIDDLE_TAG, Position.FIRST.at(), PAGE};
    Object[] oldest = {Position.FIRST.at(), Position.FIRST.at(), "", Position.LAST.at(), PAGE};
    return Stream.of(
        of("a key", AdministrationSql.FIND, List.of(keys + "_tag"), "tag-1001"),
        of("all", AdministrationSql.KEYS, List.of(keys + "_listed_at"), last),
        of("all, on", AdministrationSql.KEYS, List.of(keys + "_listed_at"), middle),
        of("owner", AdministrationSql.KEYS_OF_OWNER, OWNER, with(last, "user-77")),
        of("owner, on", AdministrationSql.KEYS_OF_OWNER, OWNER, with(middle, "user-77")),
        of("hint", AdministrationSql.KEYS_BY_HINT, HINT, with(last, "0077")),
        of("hint, on", AdministrationSql.KEYS_BY_HINT, HINT, with(middle, "0077")),
        of("keys of an owner", AdministrationSql.COUNT_KEYS_OF_OWNER, OWNER, "user-77"),
        of("events", AdministrationSql.EVENTS, List.of(), allEvents),
        of("events, on", AdministrationSql.EVENTS, List.of(), someEvents),
        of("oldest events", AdministrationSql.EVENTS_OLDEST_FIRST, List.of(), oldest),
        of("owner's events", AdministrationSql.EVENTS_OF_OWNER, EVENT, with(allEvents, "user-77")),
        of(
            "owner's events, on",
            AdministrationSql.EVENTS_OF_OWNER,
            EVENT,
            with(someEvents, "user-77")),
        of(
            "owner's oldest events",
            AdministrationSql.EVENTS_OF_OWNER_OLDEST_FIRST,
            EVENT,
            with(oldest, "user-77")),
        of("a key's events", AdministrationSql.EVENTS_OF_KEY, TAGS, with(allEvents, "t9", "t9")),
        of(
            "a key's events, on",
            AdministrationSql.EVENTS_OF_KEY,
            TAGS,
            with(someEvents, "t9", "t9")),
        of(
            "a key's oldest events",
            AdministrationSql.EVENTS_OF_KEY_OLDEST_FIRST,
            TAGS,
            with(oldest, "t9", "t9")),
        of("last deletion", AdministrationSql.LAST_DELETION, EVENT, "user-77"),
        of("old events", AdministrationSql.OLD_EVENTS, List.of(), MIDDLE, 500));
  }

  private static final List<String> OWNER = List.of("latchkey_key_owner_slot");
  private static final List<String> HINT = List.of("latchkey_key_hint_end");
  private static final List<String> EVENT = List.of("latchkey_event_owner");
  private static final List<String> TAGS = List.of("latchkey_event_tag", "latchkey_event_new_tag");

  private static Arguments of(String name, String sql, List<String> expected, Object... values) {
    return Arguments.of(name, sql, expected, values);
  }

  private static Object[] with(Object[] values, Object... first) {
    return Stream.concat(Stream.of(first), Stream.of(values)).toArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lists")
  void listTakesItsIndex(String name, String sql, List<String> expected, Object[] values)
      throws Exception {
    assertThat(indexes(session(), sql, values))
        .containsExactlyInAnyOrderElementsOf(
            expected.isEmpty() ? List.of(primary("latchkey_event")) : expected);
  }

  @Test
  void revocationTakesThePrimaryKey() throws Exception {
    Object[] hashes =
        IntStream.range(0, ApiKeyStore.MAX_HASHES)
            .mapToObj(i -> ByteBuffer.allocate(KeyHash.LENGTH).putInt(i << Byte.SIZE).array())
            .toArray();
    assertThat(
            indexes(
                session(), Sql.withMarks(AdministrationSql.LOCK_BY_HASHES, hashes.length), hashes))
        .containsExactly(primary("latchkey_key"));
    assertThat(
            indexes(
                session(),
                Sql.withMarks(AdministrationSql.SOFT_DELETE_BY_HASHES, hashes.length),
                hashes))
        .containsExactly(primary("latchkey_key"));
    assertThat(
            indexes(
                session(), Sql.withMarks(AdministrationSql.PREDECESSORS, hashes.length), hashes))
        .containsExactlyInAnyOrder(primary("latchkey_key"), "latchkey_key_owner_slot");
  }
}
