package dev.latchkey.manage;

import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;

/**
 * How many keys an owner may have, and for how long. Components are named as the settings are.
 *
 * @param maxKeysPerUser how many keys at once
 * @param defaultValidityDays the validity of a key for which none is chosen, in days of 24 hours
 * @param maxValidityDays the longest validity that may be chosen, in days of 24 hours
 */
public record KeyPolicy(int maxKeysPerUser, int defaultValidityDays, int maxValidityDays) {
  private static final int DEFAULT_VALIDITY_DAYS = 90;

  /** One key a user, 90 days, at most 365. */
  public static final KeyPolicy DEFAULT = of(new SettingValues());

  /**
   * Takes the limits out of all settings.
   *
   * @throws IllegalArgumentException naming the settings that contradict each other
   */
  public static KeyPolicy of(SettingValues values) {
    int max = values.get(Settings.MAX_VALIDITY_DAYS);
    Integer set = values.find(Settings.DEFAULT_VALIDITY_DAYS);
    if (set != null && set > max) {
      throw new IllegalArgumentException(
          "defaultValidityDays (%d) must not exceed maxValidityDays (%d)".formatted(set, max));
    }
    return new KeyPolicy(
        values.get(Settings.MAX_KEYS_PER_USER),
        set != null ? set : Math.min(DEFAULT_VALIDITY_DAYS, max),
        max);
  }
}
