package dev.latchkey.internal.auth;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A request opens the fast path of a key while the change feed loses track. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "the next request checks the key in full")
@Outcome(expect = Expect.FORBIDDEN, desc = "an unconfirmed key is on the fast path")
@State
public class LostTrackRace {
  private final RaceState state = new RaceState().withCachedKey();
  private long nanoTime;
  private final Liveness liveness =
      new Liveness(RaceState.SETTINGS, Duration.ofSeconds(1), () -> nanoTime);

  @Actor
  public void request() {
    liveness.openFastPath(state.key, RaceState.NOW, 0, Long.MAX_VALUE);
  }

  @Actor
  public void feed() {
    nanoTime = 1;
    liveness.freshness().onFeedLostTrack();
    state.cache.closeFastPaths();
  }

  @Arbiter
  public void next(Z_Result result) {
    result.r1 = state.key.onFastPath(RaceState.NOW);
  }
}
