package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.InMemoryApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LateApiKeyStoreTest {
  private final StoredKey key = Keys.of("alice");

  @Test
  void cannotAnswerUntilTheStoreIsThere() throws Exception {
    InMemoryApiKeyStore real = new InMemoryApiKeyStore();
    real.add(key, 1);
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch mayConnect = new CountDownLatch(1);
    CountDownLatch connecting = new CountDownLatch(3);
    try (ApiKeyStore late =
        new LateApiKeyStore(
            () -> {
              connecting.countDown();
              if (attempts.incrementAndGet() < 3) {
                throw new StoreException("not yet", null);
              }
              await(mayConnect);
              return real;
            },
            Duration.ofMillis(1),
            () -> {})) {
      connecting.await();
      assertThatThrownBy(() -> Keys.find(late, key.hash())).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> late.add(key, 1)).isInstanceOf(StoreException.class);
      mayConnect.countDown();
      assertThat(eventuallyFound(late)).isTrue();
    }
  }

  private boolean eventuallyFound(ApiKeyStore late) {
    while (true) {
      try {
        return Keys.find(late, key.hash()).isPresent();
      } catch (StoreException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void anAttemptIsNotInterruptedByTheEndAndWhatItConnectsIsClosed() throws Exception {
    CountDownLatch connecting = new CountDownLatch(1);
    CountDownLatch mayConnect = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    ApiKeyStore late =
        new LateApiKeyStore(
            () -> {
              connecting.countDown();
              try {
                mayConnect.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return new InMemoryApiKeyStore() {
                @Override
                public void close() {
                  closed.countDown();
                }
              };
            },
            Duration.ofMillis(1),
            () -> {});
    connecting.await();
    Thread closer = new Thread(late::close);
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
    ApiKeyStore late =
        new LateApiKeyStore(
            () -> {
              connector.set(Thread.currentThread());
              connecting.countDown();
              throw new StoreException("not there", null);
            },
            Duration.ofDays(1),
            () -> {});
    connecting.await();
    late.close();
    assertThat(connector.get().isAlive()).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
