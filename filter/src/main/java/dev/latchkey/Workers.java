package dev.latchkey;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our threads: few, named, daemons, and gone after {@link #close}. */
final class Workers implements AutoCloseable {
  static final Duration PURGE_INTERVAL = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(Workers.class);
  private static final int LOOKUP_THREADS = 4;
  private static final int MOST_LOOKUPS_WAITING = 10_000;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          LOOKUP_THREADS,
          LOOKUP_THREADS,
          IDLE.toSeconds(),
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_LOOKUPS_WAITING),
          named("latchkey-lookup"));
  private final ScheduledThreadPoolExecutor background =
      new ScheduledThreadPoolExecutor(1, named("latchkey-background"));

  Workers() {
    lookups.allowCoreThreadTimeOut(true);
  }

  /** Where the store is asked; refuses when too much waits. */
  Executor lookups() {
    return lookups;
  }

  /** Runs work again and again. A failure is logged, and the work goes on next time. */
  void every(Duration interval, String purpose, Runnable work) {
    background.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            log.warn("Could not {}: {}", purpose, e.toString());
          }
        },
        interval.toNanos(),
        interval.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  /** Lets what has begun come to its end, for a bounded time. */
  @Override
  public void close() {
    background.shutdown();
    lookups.shutdownNow();
    try {
      if (!background.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        background.shutdownNow();
      }
    } catch (InterruptedException e) {
      background.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
