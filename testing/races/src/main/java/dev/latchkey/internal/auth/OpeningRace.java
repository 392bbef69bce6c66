package dev.latchkey.internal.auth;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A request opens the fast path of a key that is invalidated at that moment. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "the key stays invalidated")
@Outcome(expect = Expect.FORBIDDEN, desc = "opening undid the invalidation")
@State
public class OpeningRace {
  private final CachedKey key = new RaceState().key;

  @Actor
  public void request() {
    key.openFastPath(RaceState.NOW, Long.MAX_VALUE);
  }

  @Actor
  public void change() {
    key.invalidate();
  }

  @Arbiter
  public void next(Z_Result result) {
    result.r1 = key.onFastPath(RaceState.NOW);
  }
}
