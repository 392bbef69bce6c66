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

/** A request opens the fast path of a key while the cache evicts it. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "what is on the fast path is in the cache")
@Outcome(expect = Expect.FORBIDDEN, desc = "an evicted key is on the fast path")
@State
public class EvictionRace {
  private static final KeyHash OTHER = KeyHash.of(other());

  private final RaceState state = new RaceState().withCachedKey();
  private final CachedKey other = new CachedKey(RaceState.snapshot(OTHER), 0);

  private static byte[] other() {
    byte[] hash = new byte[KeyHash.LENGTH];
    hash[0] = 1;
    return hash;
  }

  @Actor
  public void request() {
    state.openFastPath();
  }

  @Actor
  public void load() {
    state.cache.cacheResult(OTHER, Optional.of(other));
  }

  @Arbiter
  public void next(Z_Result result) {
    boolean onFastPath = state.cache.getOnFastPath(RaceState.HASH, RaceState.NOW) != null;
    result.r1 = !onFastPath || state.cache.get(RaceState.HASH) != null;
  }
}
