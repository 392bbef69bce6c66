package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.internal.auth.AuthOutcome;
import dev.latchkey.internal.auth.RequestAuthenticator;
import dev.latchkey.manage.KeySecret;
import java.time.Duration;
import java.util.List;

/** Requests with keys that are live. */
final class Traffic {
  private Traffic() {}

  static void ask(ApiKeys apiKeys, KeySecret key) {
    ask(apiKeys, key.reveal());
  }

  private static void ask(ApiKeys apiKeys, String key) {
    AuthOutcome result =
        apiKeys.unwrap(RequestAuthenticator.class).authenticate(key, 0, () -> "192.0.2.17");
    if (!(result instanceof AuthOutcome.Granted)) {
      throw new IllegalStateException("a live key is answered " + result);
    }
  }

  /** Asks on this thread as fast as it can for a while; returns the requests a second. */
  static double rate(ApiKeys apiKeys, List<String> keys, Duration period) {
    long start = System.nanoTime();
    long requests = 0;
    while (System.nanoTime() - start < period.toNanos()) {
      for (String key : keys) {
        ask(apiKeys, key);
      }
      requests += keys.size();
    }
    return requests / ((System.nanoTime() - start) / 1e9);
  }
}
