package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A look-up that read the old row ends while the key is invalidated. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "nobody finds the key")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outdated result was cached")
@State
public class LookupRace {
  private final RaceState state = new RaceState();
  private final PendingLookup<KeyHash, CachedKey> lookup = new PendingLookup<>(RaceState.HASH);

  public LookupRace() {
    state.pending.register(lookup);
  }

  @Actor
  public void loader() {
    state.pending.complete(
        lookup, () -> state.cache.cacheResult(RaceState.HASH, Optional.of(state.key)));
  }

  @Actor
  public void change() {
    state.cache.invalidate(RaceState.HASH);
  }

  @Arbiter
  public void next(Z_Result result) {
    result.r1 = state.isHonoured();
  }
}
