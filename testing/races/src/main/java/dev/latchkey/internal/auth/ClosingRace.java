package dev.latchkey.internal.auth;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** All fast paths are closed while a key is invalidated. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "the key stays invalidated")
@Outcome(expect = Expect.FORBIDDEN, desc = "closing undid the invalidation")
@State
public class ClosingRace {
  private final CachedKey key = new RaceState().key;

  @Actor
  public void feed() {
    key.closeFastPath();
  }

  @Actor
  public void change() {
    key.invalidate();
  }

  @Arbiter
  public void next(Z_Result result) {
    key.openFastPath(RaceState.NOW, Long.MAX_VALUE);
    result.r1 = key.onFastPath(RaceState.NOW);
  }
}
