package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.Keys;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingLookupsTest {
  private final PendingLookups<KeyHash, CachedKey> pending = new PendingLookups<>();
  private final PendingLookup<KeyHash, CachedKey> lookup =
      pending.register(new PendingLookup<>(Keys.of("alice").hash()));

  private static PendingLookup<KeyHash, CachedKey> like(PendingLookup<KeyHash, CachedKey> other) {
    return new PendingLookup<>(other.key());
  }

  @Test
  void lookupsOfOneHashAreOne() {
    assertThat(pending.register(like(lookup))).isSameAs(lookup);
    assertThat(pending.get(lookup.key())).isSameAs(lookup);
    assertThat(pending.keys()).containsExactly(lookup.key());
  }

  @Test
  void completedLookupIsNoLongerRegistered() {
    pending.complete(lookup, Optional::empty);
    assertThat(lookup).isCompletedWithValue(new PendingLookup.Answer<>(Optional.empty(), false));
    assertThat(pending.isRegistered(lookup)).isFalse();
  }

  @Test
  void invalidatedLookupFillsNothingAndAnswersNobody() {
    pending.invalidate(lookup.key());
    PendingLookup<KeyHash, CachedKey> next = pending.register(like(lookup));
    pending.complete(
        lookup,
        () -> {
          throw new AssertionError("an outdated result is cached");
        });
    pending.fail(lookup, new IllegalStateException("too late"));
    assertThat(lookup).isCompletedWithValue(new PendingLookup.Answer<>(Optional.empty(), true));
    assertThat(pending.isRegistered(next)).isTrue();
    assertThat(next).isNotDone();
  }

  @Test
  void failedLookupIsNoLongerRegistered() {
    pending.fail(lookup, new IllegalStateException("down"));
    assertThat(lookup).isCompletedExceptionally();
    PendingLookup<KeyHash, CachedKey> next = like(lookup);
    assertThat(pending.register(next)).isSameAs(next);
  }
}
