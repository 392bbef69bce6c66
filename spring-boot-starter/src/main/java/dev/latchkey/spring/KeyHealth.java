package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.FeedState;
import java.time.Duration;

/**
 * Tells whether keys can be told apart now: whether the database has answered lately. It is part of
 * neither liveness nor readiness: a restart mends no database, and cached keys pass meanwhile.
 */
final class KeyHealth {
  private final ApiKeys apiKeys;
  private final Duration maxLag;

  KeyHealth(ApiKeys apiKeys, SpringSettings settings) {
    this.apiKeys = apiKeys;
    this.maxLag =
        settings
            .duration("feed-interval", Duration.ofSeconds(1))
            .plus(settings.duration("lookup-timeout", Duration.ofSeconds(2)))
            .multipliedBy(2);
  }

  FeedState state() {
    return apiKeys.feedState();
  }

  boolean isUp(FeedState state) {
    return state.lastSuccess().isPresent() && state.lag().compareTo(maxLag) <= 0;
  }
}
