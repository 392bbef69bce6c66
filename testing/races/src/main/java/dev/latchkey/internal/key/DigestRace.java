package dev.latchkey.internal.key;

import java.nio.charset.StandardCharsets;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads hash at once, with one slot for both: each gets the hash of its own text. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "each got its own hash")
@Outcome(expect = Expect.FORBIDDEN, desc = "two threads used one digest")
@State
public class DigestRace {
  private static final byte[] ONE = "one".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHER = "other".getBytes(StandardCharsets.US_ASCII);
  private static final KeyHash OF_ONE = new Sha256Pool(1).hash(ONE, 0);
  private static final KeyHash OF_OTHER = new Sha256Pool(1).hash(OTHER, 0);

  private final Sha256Pool pool = new Sha256Pool(1);

  @Actor
  public void one(ZZ_Result result) {
    result.r1 = pool.hash(ONE, 0).equals(OF_ONE);
  }

  @Actor
  public void other(ZZ_Result result) {
    result.r2 = pool.hash(OTHER, 0).equals(OF_OTHER);
  }
}
