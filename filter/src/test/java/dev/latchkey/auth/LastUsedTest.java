package dev.latchkey.auth;

import static dev.latchkey.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.store.FoundKey;
import dev.latchkey.store.InMemoryApiKeyStore;
import dev.latchkey.store.KeyUse;
import dev.latchkey.store.Keys;
import dev.latchkey.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

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
  private final LastUsed lastUsed = new LastUsed(store, 3);
  private final ConfirmedKey a = key("a");

  private static ConfirmedKey key(String tag) {
    StoredKey any = Keys.of("alice");
    StoredKey key =
        StoredKey.fresh(
            any.hash(),
            tag,
            any.owner(),
            any.hint(),
            any.description(),
            any.createdAt(),
            any.expiresAt());
    return new ConfirmedKey(new FoundKey(key, NOW, false), 0);
  }

  private void use(ConfirmedKey key, String from) {
    lastUsed.record(key, clock.millis(), from);
  }

  @Test
  void nothingIsWrittenBeforeTheFlush() {
    use(a, "192.0.2.1");
    assertThat(written).isEmpty();
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse("a", NOW, "192.0.2.1"));
  }

  @Test
  void whatWasWrittenIsNotWrittenAgain() {
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
  void whatCannotBeWrittenIsKept() {
    use(a, "192.0.2.1");
    store.setDown(true);
    lastUsed.flush();
    store.setDown(false);
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse("a", NOW, "192.0.2.1"));
  }

  @Test
  void whatWaitsIsBounded() {
    use(a, "192.0.2.1");
    for (String tag : List.of("b", "c", "d", "e")) {
      use(key(tag), "192.0.2.1");
    }
    clock.advance(Duration.ofSeconds(1));
    use(a, "192.0.2.1"); // what waits already can still move forward
    lastUsed.flush();
    assertThat(written).extracting(KeyUse::tag).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(written).contains(new KeyUse("a", NOW.plusSeconds(1), "192.0.2.1"));
  }

  @Test
  void absurdAddressesAreCut() {
    use(a, "1".repeat(100));
    lastUsed.flush();
    assertThat(written.get(0).from()).hasSize(64);
  }

  @Test
  void aUseIsNotMovedBack() {
    use(a, "192.0.2.1");
    clock.advance(Duration.ofSeconds(-5));
    use(a, "192.0.2.2");
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse("a", NOW, "192.0.2.1"));
  }

  @Test
  void whatIsUsedWhileTheWriteFailsIsNotMovedBackByIt() {
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
    assertThat(written).containsExactly(new KeyUse("a", NOW.plusSeconds(1), "192.0.2.2"));
  }

  /** What was dropped leaves room for itself: the next flush writes whatever is used then. */
  @Test
  void whatWasDroppedIsNotedLater() {
    List<ConfirmedKey> keys = List.of(a, key("b"), key("c"), key("d"));
    keys.forEach(key -> use(key, "192.0.2.1"));
    lastUsed.flush();
    use(keys.get(3), "192.0.2.1");
    lastUsed.flush();
    assertThat(written).extracting(KeyUse::tag).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  /** Whoever uses a key while it is written finds it either written or waiting, never neither. */
  @Test
  void noUseIsLostBetweenTakingAndNoting() throws Exception {
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
    assertThat(written)
        .last()
        .isEqualTo(new KeyUse("a", NOW.plusSeconds(seconds - 1), "192.0.2.1"));
    assertThat(written).extracting(KeyUse::at).isSorted();
  }

  /** As when the cache has forgotten a key, and read it again. */
  @Test
  void aKeyThatWasReadTwiceIsOneWrite() {
    ConfirmedKey again = key("a");
    use(a, "192.0.2.1");
    clock.advance(Duration.ofSeconds(1));
    use(again, "192.0.2.2");
    store.setDown(true);
    lastUsed.flush();
    use(key("b"), "192.0.2.1");
    use(key("c"), "192.0.2.1"); // there is room for three
    store.setDown(false);
    lastUsed.flush();
    assertThat(written).extracting(KeyUse::tag).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(written).contains(new KeyUse("a", NOW.plusSeconds(1), "192.0.2.2"));
  }
}
