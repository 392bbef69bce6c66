package dev.latchkey.internal.auth;

import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
import java.time.Duration;

/**
 * Paces the change feed. Components have the names of the settings.
 *
 * @param feedInterval the time between polls
 * @param feedWindow how far back each poll reaches
 */
public record FeedSettings(Duration feedInterval, Duration feedWindow) {
  private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);

  /** The defaults. */
  public static final FeedSettings DEFAULT = of(new SettingValues());

  /**
   * Returns the feed's part of all settings.
   *
   * @throws IllegalArgumentException naming the settings that contradict each other
   */
  public static FeedSettings of(SettingValues values) {
    Duration interval = values.get(Settings.FEED_INTERVAL);
    Duration lookupTimeout = values.get(Settings.LOOKUP_TIMEOUT); // so old can an unseen change be
    Duration longer = interval.compareTo(lookupTimeout) < 0 ? lookupTimeout : interval;
    Duration min = longer.multipliedBy(2);
    Duration window = values.find(Settings.FEED_WINDOW);
    if (window == null) {
      window = DEFAULT_WINDOW.compareTo(min) < 0 ? min : DEFAULT_WINDOW;
    } else if (window.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "feedWindow (%s) must be at least twice feedInterval (%s) and twice lookupTimeout (%s),"
                  .formatted(window, interval, lookupTimeout)
              + " and well above the time a commit takes");
    }
    return new FeedSettings(interval, window);
  }
}
