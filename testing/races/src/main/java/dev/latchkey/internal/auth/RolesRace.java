package dev.latchkey.internal.auth;

import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Two requests bring answers about the owner, an earlier and a later one. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the roles are those of the later answer")
@Outcome(expect = Expect.FORBIDDEN, desc = "an earlier answer replaced a later one")
@State
public class RolesRace {
  private static final CachedOwner EARLIER = owner("user", 1);
  private static final CachedOwner LATER = owner("admin", 2);

  private final CachedKey key = new RaceState().key;

  private static CachedOwner owner(String role, long askedAtNanos) {
    return new CachedOwner(new OwnerRights(true, Set.of(role)), askedAtNanos);
  }

  @Actor
  public void earlier() {
    key.setRoles(EARLIER);
  }

  @Actor
  public void later() {
    key.setRoles(LATER);
  }

  @Arbiter
  public void next(Z_Result result) {
    result.r1 = key.principal().roles().equals(Set.of("admin"));
  }
}
