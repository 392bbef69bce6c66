package dev.latchkey.internal.manage;

import dev.latchkey.manage.KeyPolicy;
import dev.latchkey.manage.Scope;
import java.util.List;

/** The limits for one owner. */
record OwnerPolicy(KeyLimits limits, List<Scope> scopes) implements KeyPolicy {
  @Override
  public int maxKeysPerUser() {
    return limits.maxKeysPerUser();
  }

  @Override
  public int defaultValidityDays() {
    return limits.defaultValidityDays();
  }

  @Override
  public int maxValidityDays() {
    return limits.maxValidityDays();
  }
}
