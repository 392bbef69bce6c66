package dev.latchkey.benchmark.store;

import dev.latchkey.ApiKeys;
import dev.latchkey.internal.auth.AuthOutcome;
import dev.latchkey.internal.auth.RequestAuthenticator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Threads that present one unknown key after the other, each waiting for its answer. */
final class Flood implements AutoCloseable {
  private final List<Thread> threads;
  private final AtomicInteger answered = new AtomicInteger();
  private volatile boolean ended;

  /**
   * Begins a flood.
   *
   * @param count threads
   * @param next the next unknown key
   */
  Flood(ApiKeys apiKeys, int count, Supplier<String> next) {
    threads = Stream.generate(() -> new Thread(() -> present(apiKeys, next))).limit(count).toList();
    threads.forEach(Thread::start);
  }

  private void present(ApiKeys apiKeys, Supplier<String> next) {
    while (!ended) {
      if (apiKeys.unwrap(RequestAuthenticator.class).authenticate(next.get(), 0, () -> "192.0.2.66")
          instanceof AuthOutcome.Unknown) {
        answered.incrementAndGet();
      }
    }
  }

  /** Returns how many were answered, and refused as unknown. */
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
