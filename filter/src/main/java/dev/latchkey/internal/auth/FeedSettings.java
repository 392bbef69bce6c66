package dev.latchkey.internal.auth;

import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
import java.time.Duration;

/**
 * How changes of other nodes are learned of. Components are named as the settings are.
 *
 * @param feedInterval how often the store is asked
 * @param feedWindow how far back each question reaches
 */
public record FeedSettings(Duration feedInterval, Duration feedWindow) {
  private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);

  /** Every second, half a minute back. */
  public static final FeedSettings DEFAULT = of(new SettingValues());

  /**
   * Takes the settings out of all.
   *
   * @throws IllegalArgumentException naming the settings that contradict each other
   */
  public static FeedSettings of(SettingValues values) {
    Duration interval = values.get(Settings.FEED_INTERVAL);
    Duration lookupTimeout = values.get(Settings.LOOKUP_TIMEOUT); // a change may be as old unseen
    Duration longer = interval.compareTo(lookupTimeout) < 0 ? lookupTimeout : interval;
    Duration min = longer.multipliedBy(2);
    Duration window = values.find(Settings.FEED_WINDOW);
    if (window == null) {
      window = DEFAULT_WINDOW.compareTo(min) < 0 ? min : DEFAULT_WINDOW;
    } else if (window.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "feedWindow (%s) must be at least twice feedInterval (%s) and twice lookupTimeout (%s),"
                  .formatted(window, interval, lookupTimeout)
              + " and well above the time that a commit takes");
    }
    return new FeedSettings(interval, window);
  }
}
