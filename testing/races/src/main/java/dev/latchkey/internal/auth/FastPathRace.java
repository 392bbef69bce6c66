package dev.latchkey.internal.auth;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A request opens the fast path of a key while the key is invalidated. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "nobody finds the key")
@Outcome(expect = Expect.FORBIDDEN, desc = "an invalidated key is honoured")
@State
public class FastPathRace {
  private final RaceState state = new RaceState().withCachedKey();

  @Actor
  public void request() {
    state.openFastPath();
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
