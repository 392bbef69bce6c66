package dev.latchkey.auth;

import java.time.Duration;

/**
 * How changes of other nodes are learned of. Components are named as the settings are.
 *
 * @param feedInterval how often the store is asked
 * @param feedWindow how far back each question reaches
 */
public record FeedSettings(Duration feedInterval, Duration feedWindow) {
  /** Every second, half a minute back. */
  public static final FeedSettings DEFAULT =
      new FeedSettings(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public FeedSettings {
    if (feedInterval.isNegative() || feedInterval.isZero()) {
      throw new IllegalArgumentException("feedInterval must be positive, not " + feedInterval);
    }
    if (feedWindow.compareTo(feedInterval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "feedWindow (%s) must be at least twice feedInterval (%s), and well above the time that a"
                  .formatted(feedWindow, feedInterval)
              + " commit takes");
    }
  }
}
