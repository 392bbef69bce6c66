package dev.latchkey.monitoring;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.test.HttpCaller;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Callers of an application: a known key, unknown ones, and none, many times a second. */
final class Traffic implements AutoCloseable {
  private final KeyGenerator unknownKeys = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
  private final ScheduledExecutorService schedule = Executors.newScheduledThreadPool(12);
  private final HttpCaller caller;

  Traffic(HttpCaller caller, String key) {
    this.caller = caller;
    every(20, () -> call(key));
    every(100, () -> caller.get("api/whoami").send());
    for (int i = 0; i < 10; i++) { // more than the rate limiter lets through at once
      every(50, () -> call(unknownKeys.newKey().reveal()));
    }
  }

  private void every(int millis, Runnable call) {
    schedule.scheduleAtFixedRate(call, 0, millis, TimeUnit.MILLISECONDS);
  }

  private void call(String key) {
    caller.get("api/whoami").bearer(key).send();
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }
}
