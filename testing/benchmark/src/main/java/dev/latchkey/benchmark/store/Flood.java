package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.AuthResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that present one unknown key after the other, each waiting for its answer. */
final class Flood implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final ApiKeys apiKeys;
  private volatile boolean ended;

  /**
   * A flood that begins.
   *
   * @param keys what nobody has, as many as will be needed
   * @param next which of them comes next
   */
  Flood(ApiKeys apiKeys, int count, List<String> keys, AtomicInteger next) {
    this.apiKeys = apiKeys;
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> present(keys, next), "flood-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  private void present(List<String> keys, AtomicInteger next) {
    while (!ended) {
      String key = keys.get(next.getAndIncrement());
      if (apiKeys.authenticate(key, 0, () -> "192.0.2.66") instanceof AuthResult.Unknown) {
        answered.incrementAndGet();
      }
    }
  }

  /** How many were answered, and refused for what they are. */
  int answered() {
    return answered.get();
  }

  @Override
  public void close() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
