package dev.latchkey.internal.auth;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two requests note their uses at once. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "the later use is kept")
@Outcome(expect = Expect.FORBIDDEN, desc = "the later use is lost")
@State
public class TwoUsesRace {
  private static final CachedKey.Use ONE = new CachedKey.Use(1, "127.0.0.1");
  private static final CachedKey.Use LATER = new CachedKey.Use(2, "127.0.0.1");

  private final CachedKey key = new RaceState().key;

  @Actor
  public void one() {
    key.keepUse(ONE);
  }

  @Actor
  public void later() {
    key.keepUse(LATER);
  }

  @Arbiter
  public void flush(I_Result result) {
    CachedKey.Use taken = key.takeUse();
    result.r1 = taken == null ? 0 : (int) taken.second();
  }
}
