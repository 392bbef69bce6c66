package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.FeedState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells if keys can be told apart now, that is if the database has answered lately. It is part of
 * neither liveness nor readiness: a restart repairs no database, and cached keys pass meanwhile.
 *
 * @param details what Boot shows beside it
 */
record StoreHealth(boolean isUp, Map<String, Object> details) {
  static StoreHealth of(ApiKeys apiKeys) {
    FeedState state = apiKeys.feedState();
    Map<String, Object> details = new LinkedHashMap<>();
    state.lastSuccess().ifPresent(at -> details.put("lastAnswer", at));
    details.put("lag", state.lag());
    return new StoreHealth(apiKeys.isStoreAvailable(), details);
  }
}
