package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreLookupTest {
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

  private final PausingStore store = new PausingStore();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000); // it may overflow
  private final Queue<Runnable> probes = new ArrayDeque<>();
  private final StoreLookup lookup = new StoreLookup(store, probes::add, nanos::get);
  private final StoredKey key = Keys.of("alice");

  StoreLookupTest() {
    store.add(key, 1, false, BY);
  }

  private LookupResult find() {
    return lookup.find(Set.of(key.hash()));
  }

  private void openCircuit() {
    store.setDown(true);
    nanos.incrementAndGet();
    assertThatThrownBy(this::find).isInstanceOf(StoreException.class);
    assertThat(lookup.isDown()).isTrue();
  }

  @Test
  void resultTellsFoundFromUnreadableFromUnknown() {
    KeyHash unknown = Keys.of("carol").hash();
    StoredKey bob = Keys.of("bob");
    store.add(bob, 1, false, BY);
    store.spoil(bob.hash());
    LookupResult result = lookup.find(List.of(key.hash(), bob.hash(), unknown));
    assertThat(result.found()).containsOnlyKeys(key.hash());
    assertThat(result.unreadable()).containsExactly(bob.hash());
  }

  @Test
  void confirmationTimeIsTheStartOfTheQuery() {
    long asked = nanos.get();
    assertThat(find().found().get(key.hash()).confirmedAtNanos()).isEqualTo(asked);
  }

  @Test
  void openCircuitFailsAtOnceAndProbesOncePerInterval() {
    openCircuit();
    int before = store.lookups();
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(this::find).isInstanceOf(StoreException.class);
    }
    assertThat(probes).isEmpty();
    nanos.addAndGet(PROBE_INTERVAL.toNanos());
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(this::find).isInstanceOf(StoreException.class);
    }
    assertThat(probes).as("one at a time").hasSize(1);
    assertThat(store.lookups()).isEqualTo(before);
  }

  @Test
  void successfulProbeClosesTheCircuit() {
    openCircuit();
    nanos.addAndGet(PROBE_INTERVAL.toNanos());
    lookup.startProbe();
    store.setDown(false);
    probes.remove().run();
    assertThat(lookup.isDown()).isFalse();
    assertThat(find().found()).containsOnlyKeys(key.hash());
  }

  @Test
  void failedProbeLeavesTheCircuitOpenAndAnotherFollows() {
    openCircuit();
    for (int i = 0; i < 3; i++) {
      nanos.addAndGet(PROBE_INTERVAL.toNanos());
      lookup.startProbe();
      probes.remove().run();
      assertThat(lookup.isDown()).isTrue();
      lookup.startProbe();
      assertThat(probes).as("not before the interval is over").isEmpty();
    }
  }

  @Test
  void probeThatCannotStartIsTriedAgain() {
    StoreLookup closed =
        new StoreLookup(
            store,
            work -> {
              probes.add(work);
              throw new RejectedExecutionException();
            },
            nanos::get);
    store.setDown(true);
    assertThatThrownBy(() -> closed.find(Set.of(key.hash()))).isInstanceOf(StoreException.class);
    nanos.addAndGet(PROBE_INTERVAL.toNanos());
    closed.startProbe();
    closed.startProbe();
    assertThat(probes).hasSize(2);
  }

  @Test
  void feedSuccessProbesButDoesNotCloseTheCircuitItself() {
    openCircuit();
    lookup.onFeedAnswer();
    assertThat(lookup.isDown()).isTrue();
    store.setDown(false);
    lookup.onFeedAnswer();
    assertThat(lookup.isDown()).isFalse();
  }
}
