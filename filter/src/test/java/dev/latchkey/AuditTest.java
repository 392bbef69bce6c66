package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import ch.qos.logback.classic.Level;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.audit.EventJson;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.jdbc.JdbcStores;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.PageRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events in the log and at the listener: of what is committed, and then. */
class AuditTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final JdbcDataSource h2 = new JdbcDataSource();
  private final LogLines log = new LogLines(Level.INFO);
  private final Queue<AuditEvent> told = new ConcurrentLinkedQueue<>();
  private final Queue<String> threads = new ConcurrentLinkedQueue<>();
  private volatile Commit commit = Connection::commit;

  /** How a transaction ends. */
  private interface Commit {
    void of(Connection connection) throws SQLException;
  }

  AuditTest() {
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  @AfterEach
  void end() {
    log.close();
  }

  private DataSource watched() throws SQLException {
    DataSource watched = mock(DataSource.class, withSettings().stubOnly());
    when(watched.getConnection()).thenAnswer(call -> watched(h2.getConnection()));
    return watched;
  }

  private Connection watched(Connection real) {
    return mock(
        Connection.class,
        withSettings()
            .stubOnly()
            .defaultAnswer(
                call -> {
                  if (call.getMethod().getName().equals("commit")) {
                    commit.of(real);
                    return null;
                  }
                  return delegatesTo(real).answer(call);
                }));
  }

  private ApiKeysConfig.Builder config() throws SQLException {
    return ApiKeysConfig.builder()
        .dataSource(watched())
        .maxKeysPerUser(1_000)
        .listener(
            event -> {
              threads.add(Thread.currentThread().getName());
              told.add(event);
            });
  }

  private List<String> lines() {
    return log.messages().stream().filter(line -> line.startsWith("{")).toList();
  }

  private static List<AuditEvent> kept(ApiKeys apiKeys) {
    return apiKeys
        .administration()
        .eventsOldestFirst(EventFilter.all(), PageRequest.of(200))
        .items();
  }

  @Test
  void eventIsToldAfterTheCommit() throws Exception {
    KeyOwner alice = KeyOwner.of("alice").withAddress("192.0.2.7");
    try (ApiKeys apiKeys = ApiKeys.open(config().build())) {
      CountDownLatch committing = new CountDownLatch(1);
      commit =
          connection -> {
            assertThat(lines()).isEmpty();
            assertThat(told).isEmpty();
            connection.commit();
            committing.countDown();
          };
      apiKeys.service().add(alice, KeyRequest.create().withDescription("{} {0} ''"));
      assertThat(committing.getCount()).isZero();
      AuditEvent kept = kept(apiKeys).get(0);
      assertThat(lines()).containsExactly(EventJson.of(kept));
    }
    assertThat(told).hasSize(1); // close waits for it
    assertThat(threads).allMatch(name -> name.startsWith("latchkey-listener"));
  }

  @Test
  void whatIsRolledBackIsNotTold() throws Exception {
    try (ApiKeys apiKeys = ApiKeys.open(config().build())) {
      commit =
          connection -> {
            throw new SQLException("no", "42000");
          };
      assertThatThrownBy(() -> apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()))
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> apiKeys.ownerDisabled("alice")).isInstanceOf(StoreException.class);
      commit = Connection::commit;
      assertThat(kept(apiKeys)).isEmpty();
    }
    assertThat(lines()).isEmpty();
    assertThat(told).isEmpty();
  }

  /** The database has it; nobody here can say so. */
  @Test
  void whatMayBeCommittedIsKeptButNotTold() throws Exception {
    try (ApiKeys apiKeys = ApiKeys.open(config().build())) {
      commit =
          connection -> {
            connection.commit();
            throw new SQLException("lost", "08006");
          };
      assertThatThrownBy(() -> apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.isOutcomeUnknown()).isTrue());
      commit = Connection::commit;
      assertThat(kept(apiKeys)).hasSize(1);
    }
    assertThat(lines()).isEmpty();
    assertThat(told).isEmpty();
  }

  /** Who calls again, as they must, makes no second event. */
  @Test
  void firstStepIsToldThoughTheSecondFails() throws Exception {
    try (ApiKeys apiKeys = ApiKeys.open(config().build())) {
      apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create());
      commit =
          connection -> {
            if (kept(apiKeys).size() == 2) {
              throw new SQLException("no", "42000");
            }
            connection.commit();
          };
      assertThatThrownBy(() -> apiKeys.ownerDisabled("alice"))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.isOutcomeUnknown()).isTrue());
      commit = Connection::commit;
      apiKeys.ownerDisabled("alice");
      assertThat(kept(apiKeys))
          .extracting(AuditEvent::action)
          .containsExactly("key.added", "owner.disabled");
      assertThat(lines()).hasSize(2);
    }
    assertThat(told).hasSize(2);
  }

  @Test
  void listenerIsToldInOrder() throws Exception {
    List<AuditEvent> kept;
    try (ApiKeys apiKeys = ApiKeys.open(config().build())) {
      IntStream.range(0, 50)
          .forEach(i -> apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()));
      apiKeys.administration().deleteOwner(Actor.administrator("root"), "alice");
      kept = kept(apiKeys);
    }
    assertThat(kept).hasSize(101);
    assertThat(List.copyOf(told)).isEqualTo(kept);
    assertThat(lines()).isEqualTo(kept.stream().map(EventJson::of).toList());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void hangingListenerHoldsUpNoChange() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    ApiKeys apiKeys =
        ApiKeys.open(
            config()
                .listener(
                    event -> {
                      hangs.countDown();
                      await(mayEnd);
                    })
                .build());
    try (apiKeys) {
      for (int i = 0; i < 5; i++) {
        apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create());
      }
      assertThat(hangs.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(kept(apiKeys)).hasSize(5);
      mayEnd.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S,2", "P2D,2", "PT23H,1", "PT1H,1"})
  void auditRetentionSaysHowLongEventsAreKept(Duration retention, int kept) throws Exception {
    ApiKeysConfig config = config().auditRetention(retention).build();
    try (ApiKeys apiKeys = ApiKeys.open(config);
        ApiKeyStore store = JdbcStores.open(config.jdbc());
        Connection connection = h2.getConnection()) {
      apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create());
      connection
          .createStatement()
          .executeUpdate("UPDATE latchkey_event SET event_at = event_at - INTERVAL '1' DAY");
      apiKeys.service().add(KeyOwner.of("bob"), KeyRequest.create());
      ApiKeys.purge(store, config);
      assertThat(kept(apiKeys)).hasSize(kept);
    }
  }
}
