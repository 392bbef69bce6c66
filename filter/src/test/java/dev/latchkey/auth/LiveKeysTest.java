package dev.latchkey.auth;

import static dev.latchkey.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.Keys;
import dev.latchkey.store.StoredKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveKeysTest {
  private static final long NOW_MILLIS = NOW.toEpochMilli();
  private static final long LONG = 60_000;

  private final LiveKeys live = new LiveKeys(100);
  private final StoredKey stored = Keys.of("alice");
  private final KeyHash hash = stored.hash();

  private static ConfirmedKey confirmed(StoredKey key, Instant changedAt) {
    return new ConfirmedKey(new FoundKey(key, changedAt, false), 0);
  }

  private static ConfirmedKey used(LiveKeys live, StoredKey stored) {
    ConfirmedKey key = live.put(confirmed(stored, NOW));
    use(live, key);
    return key;
  }

  private static void use(LiveKeys live, ConfirmedKey key) {
    live.touch(key);
    key.settle(NOW_MILLIS, LONG);
  }

  @Test
  void whatIsUsedIsAtHandWhileItIsSettled() {
    ConfirmedKey key = used(live, stored);
    assertThat(live.settled(hash, NOW_MILLIS)).isSameAs(key);
    assertThat(live.settled(hash, NOW_MILLIS + 1_000)).isNull();
    assertThat(live.get(hash)).isSameAs(key);
  }

  /** Whoever found it before it was forgotten may end after that. */
  @Test
  void whatIsForgottenIsNeverSettledAgain() {
    List<Consumer<KeyHash>> ways =
        List.of(
            live::forget,
            forgotten -> live.forgetAll(),
            forgotten -> live.forgetUnlessAsOf(forgotten, NOW.plusSeconds(1)));
    for (Consumer<KeyHash> way : ways) {
      ConfirmedKey key = used(live, stored);
      way.accept(hash);
      assertThat(live.settled(hash, NOW_MILLIS)).isNull();
      assertThat(live.get(hash)).isNull();
      use(live, key);
      assertThat(key.isSettled(NOW_MILLIS)).isFalse();
      assertThat(live.settled(hash, NOW_MILLIS)).isNull();
    }
  }

  @Test
  void whatIsAsOfTheChangeIsNotForgotten() {
    ConfirmedKey key = used(live, stored);
    live.forgetUnlessAsOf(hash, NOW);
    assertThat(live.settled(hash, NOW_MILLIS)).isSameAs(key);
  }

  @Test
  void whatSaysTheSameIsOneKey() {
    ConfirmedKey key = used(live, stored);
    assertThat(live.put(confirmed(stored, NOW))).isSameAs(key);
    assertThat(live.settled(hash, NOW_MILLIS)).isSameAs(key);
  }

  @Test
  void whatSaysAnotherThingTakesItsPlace() {
    ConfirmedKey before = used(live, stored);
    ConfirmedKey after = live.put(confirmed(stored, NOW.plusSeconds(1)));
    assertThat(after).isNotSameAs(before);
    use(live, before); // by somebody who found it before
    assertThat(live.settled(hash, NOW_MILLIS)).isNull();
    assertThat(live.get(hash)).isSameAs(after);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100, 3_000})
  void whatTheCacheGivesUpIsNotAtHandEither(long maximumSize) {
    LiveKeys few = new LiveKeys(maximumSize);
    List<ConfirmedKey> keys =
        Stream.generate(() -> used(few, Keys.of("alice"))).limit(2_000).toList();
    long kept = keys.stream().filter(key -> few.get(key) != null).count();
    assertThat(kept).isEqualTo(Math.min(maximumSize, 2_000));
    for (ConfirmedKey key : keys) {
      if (few.get(key) == null) {
        use(few, key);
        assertThat(few.settled(key, NOW_MILLIS)).isNull();
      }
    }
  }

  @Test
  void strangersAreNotTakenForOthers() {
    LiveKeys one = new LiveKeys(1);
    for (int i = 0; i < 100; i++) {
      used(one, stored);
      assertThat(one.settled(Keys.of("bob").hash(), NOW_MILLIS)).isNull();
    }
  }

  /** However many are in the middle of it at that moment, none leaves it behind as settled. */
  @Test
  void whatOthersUseMeanwhileIsForgottenAllTheSame() throws Exception {
    AtomicReference<KeyHash> current = new AtomicReference<>(hash);
    AtomicBoolean ended = new AtomicBoolean();
    Callable<Void> use =
        () -> {
          while (!ended.get()) {
            ConfirmedKey key = live.get(current.get());
            if (key != null) {
              use(live, key);
            }
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Void>> users = List.of(threads.submit(use), threads.submit(use));
    List<ConfirmedKey> forgotten = new ArrayList<>();
    try {
      for (int i = 0; i < 20_000; i++) {
        StoredKey next = i % 2 == 0 ? stored : Keys.of("bob");
        current.set(next.hash());
        forgotten.add(used(live, next));
        live.forget(next.hash());
        assertThat(live.settled(next.hash(), NOW_MILLIS)).isNull();
        assertThat(live.get(next.hash())).isNull();
      }
    } finally {
      ended.set(true);
      threads.shutdown();
    }
    for (Future<Void> user : users) {
      user.get();
    }
    assertThat(forgotten).noneMatch(key -> key.isSettled(NOW_MILLIS));
  }
}
