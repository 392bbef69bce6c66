package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.InMemoryApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class LastUsedTest {
  private Runnable duringWrite = () -> {};
  private final List<KeyUse> written = new ArrayList<>();
  private final InMemoryApiKeyStore store =
      new InMemoryApiKeyStore() {
        @Override
        public synchronized void recordUses(Collection<KeyUse> uses) {
          duringWrite.run();
          super.recordUses(uses);
          written.addAll(uses);
        }
      };
  private final MutableClock clock = new MutableClock(NOW);
  private final AtomicLong nanos = new AtomicLong();
  private final LastUsed lastUsed = new LastUsed(store, 3, nanos::get);
  private final CachedKey a = key("a");

  private static KeyHash hash(String tag) {
    return KeyHash.of(Arrays.copyOf(tag.getBytes(StandardCharsets.US_ASCII), KeyHash.LENGTH));
  }

  private static CachedKey key(String tag) {
    StoredKey any = Keys.of("alice");
    StoredKey key =
        StoredKey.fresh(
            hash(tag),
            tag,
            any.owner(),
            any.hint(),
            any.description(),
            any.createdAt(),
            any.expiresAt());
    return new CachedKey(new KeySnapshot(key, NOW, false), 0);
  }

  private void use(CachedKey key, String from) {
    lastUsed.record(key, clock.millis(), from);
  }

  @Test
  void nothingIsWrittenBeforeTheFlush() {
    use(a, "192.0.2.1");
    assertThat(written).isEmpty();
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse(a, NOW, "192.0.2.1"));
  }

  @Test
  void useIsWrittenOnce() {
    use(a, "192.0.2.1");
    lastUsed.flush();
    lastUsed.flush();
    assertThat(written).hasSize(1);
  }

  @Test
  void usesOfOneKeyAreOneWrite() {
    for (int i = 0; i < 1_000; i++) {
      use(a, "192.0.2." + i % 2);
      clock.advance(Duration.ofMillis(100));
    }
    lastUsed.flush();
    assertThat(written).hasSize(1);
    assertThat(written.get(0).at()).isEqualTo(NOW.plusSeconds(99));
  }

  @Test
  void failedWriteIsRepeated() {
    use(a, "192.0.2.1");
    store.setDown(true);
    lastUsed.flush();
    store.setDown(false);
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse(a, NOW, "192.0.2.1"));
  }

  static List<Supplier<Throwable>> failures() {
    return List.of(
        () -> new StoreException("down", null),
        () -> new IllegalStateException("a driver's own"),
        () -> new OutOfMemoryError("no memory"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyKindOfFailureKeepsUses(Supplier<Throwable> failure) {
    use(a, "192.0.2.1");
    duringWrite = () -> LastUsedTest.<RuntimeException>sneak(failure.get());
    lastUsed.flush();
    duringWrite = () -> {};
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse(a, NOW, "192.0.2.1"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  /** A portion that fails does not block the others. */
  @Test
  void portionsFailAlone() {
    LastUsed many = new LastUsed(store, 10_000, nanos::get);
    for (int i = 0; i < 1_200; i++) {
      many.record(key("tag" + i), clock.millis(), "192.0.2.1");
    }
    AtomicLong writes = new AtomicLong();
    duringWrite =
        () -> {
          if (writes.incrementAndGet() == 2) {
            throw new IllegalStateException("a row that cannot be written");
          }
        };
    many.flush();
    assertThat(written).hasSize(700);
    many.flush();
    assertThat(written).extracting(KeyUse::hash).doesNotHaveDuplicates().hasSize(1_200);
  }

  @Test
  void flushIsBoundedAsAWhole() {
    LastUsed many = new LastUsed(store, 100_000, nanos::get);
    for (int i = 0; i < 10_000; i++) {
      many.record(key("tag" + i), clock.millis(), "192.0.2.1");
    }
    duringWrite = () -> nanos.addAndGet(Duration.ofSeconds(2).toNanos()); // a slow database
    many.close();
    assertThat(written).as("three portions of 500").hasSize(1_500);
    duringWrite = () -> {};
    many.flush();
    assertThat(written).hasSize(10_000);
  }

  /** Later portions that fail or are not begun do not hide it. */
  @Test
  void warningEndsWithTheDeepestCause() {
    LastUsed many = new LastUsed(store, 100_000, nanos::get);
    for (int i = 0; i < 60_000; i++) {
      many.record(key("tag" + i), clock.millis(), "192.0.2.1");
    }
    duringWrite =
        () -> {
          nanos.addAndGet(Duration.ofSeconds(2).toNanos());
          throw new StoreException("no connection", new SQLException("Access denied"));
        };
    Logger logger = (Logger) LoggerFactory.getLogger(LastUsed.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    many.flush();
    logger.detachAppender(lines);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Latchkey: last use of 60000 keys not written yet: no connection: Access denied");
  }

  @Test
  void addressIsPrintable() {
    use(a, "192.0.2.1\u0000\ud800\u00e9\n");
    lastUsed.flush();
    assertThat(written.get(0).from()).isEqualTo("192.0.2.1????");
  }

  @Test
  void pendingUsesAreBounded() {
    use(a, "192.0.2.1");
    for (String tag : List.of("b", "c", "d", "e")) {
      use(key(tag), "192.0.2.1");
    }
    clock.advance(Duration.ofSeconds(1));
    use(a, "192.0.2.1"); // a queued key still takes later uses
    lastUsed.flush();
    assertThat(written).extracting(KeyUse::hash).containsExactlyInAnyOrder(a, hash("b"), hash("c"));
    assertThat(written).contains(new KeyUse(a, NOW.plusSeconds(1), "192.0.2.1"));
  }

  @Test
  void longAddressesAreCut() {
    use(a, "1".repeat(100));
    lastUsed.flush();
    assertThat(written.get(0).from()).hasSize(64);
  }

  @Test
  void useIsNotMovedBack() {
    use(a, "192.0.2.1");
    clock.advance(Duration.ofSeconds(-5));
    use(a, "192.0.2.2");
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse(a, NOW, "192.0.2.1"));
  }

  @Test
  void useDuringAFailedWriteIsNotMovedBack() {
    use(a, "192.0.2.1");
    store.setDown(true);
    duringWrite =
        () -> {
          clock.advance(Duration.ofSeconds(1));
          use(a, "192.0.2.2");
        };
    lastUsed.flush();
    store.setDown(false);
    duringWrite = () -> {};
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse(a, NOW.plusSeconds(1), "192.0.2.2"));
  }

  /** A dropped key keeps no use, so its next use is queued again. */
  @Test
  void droppedKeyRecordsItsNextUse() {
    List<CachedKey> keys = List.of(a, key("b"), key("c"), key("d"));
    keys.forEach(key -> use(key, "192.0.2.1"));
    lastUsed.flush();
    use(keys.get(3), "192.0.2.1");
    lastUsed.flush();
    assertThat(written).extracting(KeyUse::hash).containsExactlyInAnyOrderElementsOf(keys);
  }

  /** A use during a flush is either part of it or queued for the next. */
  @Test
  void noUseIsLostBetweenTakingAndRecording() throws Exception {
    int seconds = 20_000;
    CountDownLatch writing = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<?> user =
        thread.submit(
            () -> {
              lastUsed.record(a, clock.millis(), "192.0.2.1");
              writing.await();
              for (int i = 1; i < seconds; i++) {
                lastUsed.record(a, clock.millis() + i * 1_000L, "192.0.2.1");
              }
              return null;
            });
    thread.shutdown();
    while (!user.isDone()) {
      lastUsed.flush();
      if (!written.isEmpty()) {
        writing.countDown();
      }
    }
    user.get();
    lastUsed.flush();
    assertThat(written).last().isEqualTo(new KeyUse(a, NOW.plusSeconds(seconds - 1), "192.0.2.1"));
    assertThat(written).extracting(KeyUse::at).isSorted();
  }

  /** As after an eviction and a new look-up. */
  @Test
  void keyLoadedTwiceIsOneWrite() {
    CachedKey again = key("a");
    use(a, "192.0.2.1");
    clock.advance(Duration.ofSeconds(1));
    use(again, "192.0.2.2");
    store.setDown(true);
    lastUsed.flush();
    use(key("b"), "192.0.2.1");
    use(key("c"), "192.0.2.1"); // there is room for three
    store.setDown(false);
    lastUsed.flush();
    assertThat(written).extracting(KeyUse::hash).containsExactlyInAnyOrder(a, hash("b"), hash("c"));
    assertThat(written).contains(new KeyUse(a, NOW.plusSeconds(1), "192.0.2.2"));
  }
}
