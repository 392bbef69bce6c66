package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.AuthResult;
import java.time.Duration;
import java.util.List;

/** One thread's requests, as many as it can, with keys that all are live. */
final class Traffic {
  private final ApiKeys apiKeys;
  private final List<String> keys;

  Traffic(ApiKeys apiKeys, List<String> keys) {
    this.apiKeys = apiKeys;
    this.keys = keys;
  }

  /** Goes on for a while; returns how many requests a second were made, all of them granted. */
  double rate(Duration period) {
    long start = System.nanoTime();
    long requests = 0;
    while (System.nanoTime() - start < period.toNanos()) {
      for (String key : keys) {
        AuthResult result = apiKeys.authenticate(key, 0, () -> "192.0.2.17");
        if (!(result instanceof AuthResult.Granted)) {
          throw new IllegalStateException("a live key is answered " + result);
        }
      }
      requests += keys.size();
    }
    return requests / ((System.nanoTime() - start) / 1e9);
  }
}
