package dev.latchkey.internal.manage;

import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many keys an owner may have, and for how long. Components are named as the settings are.
 *
 * @param maxKeysPerUser how many keys at once
 * @param defaultValidityDays the validity of a key for which none is chosen, in days of 24 hours
 * @param maxValidityDays the longest validity that may be chosen, in days of 24 hours
 */
public record KeyLimits(int maxKeysPerUser, int defaultValidityDays, int maxValidityDays) {
  private static final int DEFAULT_VALIDITY_DAYS = 90;

  /** One key a user, 90 days, at most 365. */
  public static final KeyLimits DEFAULT = of(new SettingValues());

  /**
   * Takes the limits out of all settings.
   *
   * @throws IllegalArgumentException naming the settings that contradict each other
   */
  public static KeyLimits of(SettingValues values) {
    int max = values.get(Settings.MAX_VALIDITY_DAYS);
    Integer set = values.find(Settings.DEFAULT_VALIDITY_DAYS);
    if (set != null && set > max) {
      throw new IllegalArgumentException(
          "defaultValidityDays (%d) must not exceed maxValidityDays (%d)".formatted(set, max));
    }
    return new KeyLimits(
        values.get(Settings.MAX_KEYS_PER_USER),
        set != null ? set : Math.min(DEFAULT_VALIDITY_DAYS, max),
        max);
  }

  /** Returns the expiry that a validity leads to: the one place that knows how long a key lives. */
  Instant expiry(Validity validity, Instant now) {
    if (validity.until().isPresent()) {
      return checked(validity.until().get().truncatedTo(ChronoUnit.SECONDS), now);
    }
    int days = validity.days().orElse(defaultValidityDays);
    if (days < 1 || days > maxValidityDays) {
      throw new InvalidValueException("expiresInDays", "must be from 1 to " + maxValidityDays);
    }
    return now.plus(Duration.ofDays(days));
  }

  private Instant checked(Instant expiry, Instant now) {
    Instant latest = now.plus(Duration.ofDays(maxValidityDays));
    if (!expiry.isAfter(now)) {
      throw new InvalidValueException("expiresAt", "must be in the future; it is now " + now);
    }
    if (expiry.isAfter(latest)) {
      throw new InvalidValueException(
          "expiresAt",
          "must be at most %d days from now, which is %s".formatted(maxValidityDays, latest));
    }
    return expiry;
  }
}
