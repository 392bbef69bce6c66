package dev.latchkey.manage;

/**
 * How many keys an owner may have, and for how long. Components are named as the settings are.
 *
 * @param maxKeysPerUser how many keys at once
 * @param defaultValidityDays the validity of a key for which none is chosen, in days of 24 hours
 * @param maxValidityDays the longest validity that may be chosen, in days of 24 hours
 */
public record KeyPolicy(int maxKeysPerUser, int defaultValidityDays, int maxValidityDays) {
  private static final int MOST_KEYS = 1000;
  private static final int MOST_DAYS = 36_500;

  /** One key a user, 90 days, at most 365. */
  public static final KeyPolicy DEFAULT = new KeyPolicy(1, 90, 365);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public KeyPolicy {
    within("maxKeysPerUser", maxKeysPerUser, MOST_KEYS);
    within("maxValidityDays", maxValidityDays, MOST_DAYS);
    within("defaultValidityDays", defaultValidityDays, MOST_DAYS);
    if (defaultValidityDays > maxValidityDays) {
      throw new IllegalArgumentException(
          "defaultValidityDays (%d) must not exceed maxValidityDays (%d)"
              .formatted(defaultValidityDays, maxValidityDays));
    }
  }

  private static void within(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s must be from 1 to %d, not %d".formatted(name, most, value));
    }
  }
}
