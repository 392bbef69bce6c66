package dev.latchkey.internal.threads;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates daemon threads, and waits until all have ended.
 *
 * <p>Needed because an executor reports its end a moment before its threads end, and containers
 * check for left-over threads at that moment.
 *
 * <p>Thread-safe.
 */
public final class TrackedThreads {
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Returns a factory of threads that are called by this name and a number. */
  public ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
      Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      threads.add(thread);
      return thread;
    };
  }

  /**
   * Waits until all threads have ended, including those started meanwhile, or until the timeout. An
   * interrupt does not end the wait; the thread's interrupt flag is set again afterwards.
   */
  public void join(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    for (Optional<Thread> next = alive(); next.isPresent(); next = alive()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      try {
        TimeUnit.NANOSECONDS.timedJoin(next.get(), left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Thread> alive() {
    return threads.stream().filter(Thread::isAlive).findAny();
  }
}
