package dev.latchkey;

import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.threads.TrackedThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Our threads: few, named, daemons, and gone after {@link #close(Runnable)}. */
final class Workers {
  static final Duration PURGE_INTERVAL = Duration.ofHours(1);

  private static final Logger log = System.getLogger(Workers.class.getName());
  private static final int LOOKUP_THREADS = 4;

  /** Three loaders for requests, one for renewals, and a probe. */
  private static final int OWNER_THREADS = 5;

  private static final int MAX_UNTOLD_EVENTS = 10_000;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final TrackedThreads threads = new TrackedThreads();
  private final ThreadPoolExecutor lookups = pool("latchkey-lookup", LOOKUP_THREADS);
  private final ThreadPoolExecutor owners = pool("latchkey-owners", OWNER_THREADS);
  private final ThreadPoolExecutor listener =
      pool("latchkey-listener", 1, new ArrayBlockingQueue<>(MAX_UNTOLD_EVENTS));
  private final List<ScheduledThreadPoolExecutor> schedules = new ArrayList<>();

  private final Duration closeTimeout;

  Workers() {
    this(CLOSE_TIMEOUT);
  }

  /** Workers that {@link #close} waits for at most so long. */
  Workers(Duration closeTimeout) {
    this.closeTimeout = closeTimeout;
  }

  private ThreadPoolExecutor pool(String name, int size) {
    return pool(name, size, new LinkedBlockingQueue<>());
  }

  private ThreadPoolExecutor pool(String name, int size, BlockingQueue<Runnable> queue) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, IDLE.toSeconds(), TimeUnit.SECONDS, queue, threads.named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Where the store is asked. */
  Executor lookups() {
    return lookups;
  }

  /** Where the application is asked about owners; its code may hang. */
  Executor owners() {
    return owners;
  }

  /** Where the application is told of events: one after another, and not more than it keeps up. */
  Executor listener() {
    return listener;
  }

  /** Runs work once, on a thread of its own. */
  void runOnce(String name, Runnable work) {
    threads
        .named("latchkey-" + name)
        .newThread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                warn(name, e);
              }
            })
        .start();
  }

  /**
   * Runs work after a while, and again and again, on a thread of its own so that none waits for
   * another's store call. A run that takes long is not made up for. A failure is logged, and the
   * work goes on next time.
   */
  void scheduleAtFixedRate(Duration first, Duration interval, String name, Runnable work) {
    ScheduledThreadPoolExecutor schedule =
        new ScheduledThreadPoolExecutor(
            1, threads.named("latchkey-" + name), new ThreadPoolExecutor.DiscardPolicy());
    schedule.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    schedules.add(schedule);
    runIn(first.toNanos(), schedule, interval, name, work);
  }

  private static void runIn(
      long delayNanos,
      ScheduledThreadPoolExecutor schedule,
      Duration interval,
      String name,
      Runnable work) {
    schedule.schedule(
        () -> {
          long start = System.nanoTime();
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            warn(name, e);
          } finally {
            long rest = interval.toNanos() - (System.nanoTime() - start);
            runIn(Math.max(rest, interval.toNanos() / 10), schedule, interval, name, work);
          }
        },
        delayNanos,
        TimeUnit.NANOSECONDS);
  }

  private static void warn(String name, Throwable failure) {
    log.log(Level.WARNING, Causes.explain("Latchkey: latchkey-" + name + " failed", failure));
    log.log(Level.DEBUG, "Latchkey: latchkey-" + name + " failed", failure);
  }

  /**
   * Begins nothing new but the last work, and waits for what has begun, and for the listener to be
   * told what it is not told yet, for a bounded time. It interrupts nobody who is at work: an
   * interrupt closes files of an embedded database that are the application's, too.
   */
  void close(Runnable last) {
    schedules.forEach(ExecutorService::shutdown);
    lookups.shutdown();
    owners.shutdown();
    listener.shutdown();
    runOnce("close", last);
    threads.join(closeTimeout);
    int untold = listener.getQueue().size();
    if (untold > 0) { // its thread ends with what it does now
      listener.getQueue().clear();
      log.log(
          Level.WARNING,
          "Latchkey: closed, the ApiKeyListener was too slow to be told of " + untold + " events");
    }
  }
}
