package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A database that is not there at start. */
class DatabaseTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final StoredKey key = Keys.of("alice");

  private ConnectionSource reached() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    try (ApiKeyStore real = JdbcStores.open(JdbcApiKeyStoreContract.settings(h2, true))) {
      real.add(key, 1, false, BY);
    }
    return new ConnectionSource(h2, null, new Statements(null), () -> {});
  }

  @Test
  void storeCannotAnswerUntilTheDatabaseIsThere() throws Exception {
    ConnectionSource reached = reached();
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch mayConnect = new CountDownLatch(1);
    CountDownLatch connecting = new CountDownLatch(3);
    Database database =
        new Database(
            () -> {
              connecting.countDown();
              if (attempts.incrementAndGet() < 3) {
                throw new StoreException("not yet", null);
              }
              await(mayConnect);
              return reached;
            },
            () -> {});
    try (ApiKeyStore store =
        new JdbcApiKeyStore(
            database, new Transactions(database::source, Duration.ofSeconds(5), 2))) {
      CountDownLatch told = new CountDownLatch(1);
      database.connectWithRetry(AT_ONCE, told::countDown);
      connecting.await();
      assertThatThrownBy(() -> Keys.find(store, key.hash())).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.add(key, 1, false, BY)).isInstanceOf(StoreException.class);
      mayConnect.countDown();
      assertThat(eventuallyFound(store)).isTrue();
      told.await();
    }
  }

  private boolean eventuallyFound(ApiKeyStore store) {
    while (true) {
      try {
        return Keys.find(store, key.hash()).isPresent();
      } catch (StoreException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void attemptIsNotInterruptedByTheEndAndWhatItConnectsIsClosed() throws Exception {
    ConnectionSource reached = reached();
    CountDownLatch connecting = new CountDownLatch(1);
    CountDownLatch mayConnect = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Database database =
        new Database(
            () -> {
              connecting.countDown();
              try {
                mayConnect.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return new ConnectionSource(
                  reached.dataSource(), null, new Statements(null), closed::countDown);
            },
            () -> {});
    database.connectWithRetry(AT_ONCE, () -> {});
    connecting.await();
    Thread closer = new Thread(database::close);
    closer.start();
    closer.join(); // bounded, though the attempt goes on
    mayConnect.countDown();
    closed.await();
    assertThat(interrupted).isFalse();
  }

  @Test
  void noThreadIsLeftThatWaitsForTheNextAttempt() throws Exception {
    CountDownLatch connecting = new CountDownLatch(1);
    AtomicReference<Thread> connector = new AtomicReference<>();
    Database database =
        new Database(
            () -> {
              connector.set(Thread.currentThread());
              connecting.countDown();
              throw new StoreException("not there", null);
            },
            () -> {});
    database.connectWithRetry(Duration.ofDays(1), () -> {});
    connecting.await();
    database.close();
    assertThat(connector.get().isAlive()).isFalse();
  }

  @Test
  void connectionsAreClosedBeforeTheRest() {
    List<String> order = new CopyOnWriteArrayList<>();
    ConnectionSource source =
        new ConnectionSource(
            reached().dataSource(), null, new Statements(null), () -> order.add("connections"));
    Database database = new Database(() -> source, () -> order.add("rest"));
    database.connect();
    assertThat(database.source()).isSameAs(source);
    database.close();
    assertThat(order).containsExactly("connections", "rest");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
