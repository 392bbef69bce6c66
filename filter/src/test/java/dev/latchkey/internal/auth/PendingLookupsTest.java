package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.store.Keys;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingLookupsTest {
  private final PendingLookups pending = new PendingLookups();
  private final PendingLookup lookup = pending.register(new PendingLookup(Keys.of("alice").hash()));

  private static PendingLookup like(PendingLookup other) {
    return new PendingLookup(other.hash());
  }

  @Test
  void lookupsOfOneHashAreOne() {
    assertThat(pending.register(like(lookup))).isSameAs(lookup);
    assertThat(pending.get(lookup.hash())).isSameAs(lookup);
    assertThat(pending.hashes()).containsExactly(lookup.hash());
  }

  @Test
  void completedLookupIsNoLongerRegistered() {
    pending.complete(lookup, Optional::empty);
    assertThat(lookup).isCompletedWithValue(new PendingLookup.Answer(Optional.empty(), false));
    assertThat(pending.isRegistered(lookup)).isFalse();
  }

  @Test
  void invalidatedLookupFillsNothingAndAnswersNobody() {
    pending.invalidate(lookup.hash());
    PendingLookup next = pending.register(like(lookup));
    pending.complete(
        lookup,
        () -> {
          throw new AssertionError("an outdated result is cached");
        });
    pending.fail(lookup, new IllegalStateException("too late"));
    assertThat(lookup).isCompletedWithValue(PendingLookup.Answer.INVALIDATED);
    assertThat(pending.isRegistered(next)).isTrue();
    assertThat(next).isNotDone();
  }

  @Test
  void failedLookupIsNoLongerRegistered() {
    pending.fail(lookup, new IllegalStateException("down"));
    assertThat(lookup).isCompletedExceptionally();
    PendingLookup next = like(lookup);
    assertThat(pending.register(next)).isSameAs(next);
  }
}
