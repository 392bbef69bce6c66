package dev.latchkey.auth;

import static dev.latchkey.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.store.InMemoryApiKeyStore;
import dev.latchkey.store.KeyUse;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastUsedTest {
  private final List<KeyUse> written = new ArrayList<>();
  private final InMemoryApiKeyStore store =
      new InMemoryApiKeyStore() {
        @Override
        public synchronized void recordUses(Collection<KeyUse> uses) {
          super.recordUses(uses);
          written.addAll(uses);
        }
      };
  private final MutableClock clock = new MutableClock(NOW);
  private final LastUsed lastUsed = new LastUsed(store, 3);

  @Test
  void nothingIsWrittenBeforeTheFlush() {
    lastUsed.record("a", clock.instant(), "192.0.2.1");
    assertThat(written).isEmpty();
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse("a", NOW, "192.0.2.1"));
  }

  @Test
  void whatWasWrittenIsNotWrittenAgain() {
    lastUsed.record("a", clock.instant(), "192.0.2.1");
    lastUsed.flush();
    lastUsed.flush();
    assertThat(written).hasSize(1);
  }

  @Test
  void usesOfOneKeyAreOneWrite() {
    for (int i = 0; i < 1_000; i++) {
      lastUsed.record("a", clock.instant(), "192.0.2." + i % 2);
      clock.advance(Duration.ofMillis(100));
    }
    lastUsed.flush();
    assertThat(written).hasSize(1);
    assertThat(written.get(0).at()).isEqualTo(NOW.plusSeconds(99));
  }

  @Test
  void whatCannotBeWrittenIsKept() {
    lastUsed.record("a", clock.instant(), "192.0.2.1");
    store.setDown(true);
    lastUsed.flush();
    store.setDown(false);
    lastUsed.flush();
    assertThat(written).containsExactly(new KeyUse("a", NOW, "192.0.2.1"));
  }

  @Test
  void whatWaitsIsBounded() {
    for (String tag : List.of("a", "b", "c", "d", "e")) {
      lastUsed.record(tag, clock.instant(), "192.0.2.1");
    }
    clock.advance(Duration.ofSeconds(1));
    lastUsed.record("a", clock.instant(), "192.0.2.1"); // what waits already can still move forward
    lastUsed.flush();
    assertThat(written).extracting(KeyUse::tag).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(written).contains(new KeyUse("a", NOW.plusSeconds(1), "192.0.2.1"));
  }

  @Test
  void absurdAddressesAreCut() {
    lastUsed.record("a", clock.instant(), "1".repeat(100));
    lastUsed.flush();
    assertThat(written.get(0).from()).hasSize(64);
  }
}
