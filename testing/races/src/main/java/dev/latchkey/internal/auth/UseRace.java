package dev.latchkey.internal.auth;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A use is noted while the last ones are taken to be written. */
@JCStressTest
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "each use is written once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a use is lost, or written twice")
@State
public class UseRace {
  private static final CachedKey.Use ONE = new CachedKey.Use(1, "127.0.0.1");
  private static final CachedKey.Use LATER = new CachedKey.Use(2, "127.0.0.1");

  private final CachedKey key = new RaceState().key;
  private int written;

  public UseRace() {
    key.keepUse(ONE);
  }

  @Actor
  public void request() {
    key.keepUse(LATER);
  }

  @Actor
  public void flush() {
    written = second();
  }

  @Arbiter
  public void next(I_Result result) {
    int rest = second();
    result.r1 = written == 2 && rest == 0 ? 3 : written + rest; // the later of two is enough
  }

  private int second() {
    CachedKey.Use taken = key.takeUse();
    return taken == null ? 0 : (int) taken.second();
  }
}
