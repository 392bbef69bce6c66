package dev.latchkey.manage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The validity that is asked for: a number of days, or an end, or nothing in particular.
 *
 * @param days in days of 24 hours from now
 * @param until the expiry itself, kept to the second
 */
public record Validity(@Nullable Integer days, @Nullable Instant until) {
  /** No wish. */
  public static final Validity UNSPECIFIED = new Validity(null, null);

  /**
   * A wish.
   *
   * @throws InvalidValueException if it is two
   */
  public Validity {
    if (days != null && until != null) {
      throw new InvalidValueException("expiresAt", "cannot be given together with expiresInDays");
    }
  }

  boolean isSpecified() {
    return days != null || until != null;
  }

  /** The expiry that comes of it: the one place that knows how long a key may live. */
  Instant expiry(Instant now, KeyPolicy policy) {
    if (until != null) {
      return checked(until.truncatedTo(ChronoUnit.SECONDS), now, policy);
    }
    int wanted = days != null ? days : policy.defaultValidityDays();
    if (wanted < 1 || wanted > policy.maxValidityDays()) {
      throw new InvalidValueException(
          "expiresInDays", "must be from 1 to " + policy.maxValidityDays());
    }
    return now.plus(Duration.ofDays(wanted));
  }

  private static Instant checked(Instant expiry, Instant now, KeyPolicy policy) {
    Instant latest = now.plus(Duration.ofDays(policy.maxValidityDays()));
    if (!expiry.isAfter(now)) {
      throw new InvalidValueException("expiresAt", "must be in the future; it is now " + now);
    }
    if (expiry.isAfter(latest)) {
      throw new InvalidValueException(
          "expiresAt",
          "must be at most %d days from now, which is %s"
              .formatted(policy.maxValidityDays(), latest));
    }
    return expiry;
  }
}
