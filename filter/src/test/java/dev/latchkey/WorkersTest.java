package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Our threads end with the application, and none is interrupted at its work. */
class WorkersTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final CountDownLatch working = new CountDownLatch(4);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(4);
  private final Queue<String> interrupted = new ConcurrentLinkedQueue<>();

  /** As a driver that waits for the database's answer. */
  private void work() {
    working.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      interrupted.add(Thread.currentThread().getName());
    }
    ended.countDown();
  }

  private Workers atWork(Duration patience) throws InterruptedException {
    Workers workers = new Workers(patience);
    workers.lookups().execute(this::work);
    workers.lookups().execute(this::work);
    workers.runOnce("warm-up", this::work);
    workers.scheduleAtFixedRate(Duration.ZERO, Duration.ofHours(1), "feed", this::work);
    assertThat(working.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return workers;
  }

  @Test
  void closeWaitsForWorkAndInterruptsNobody() throws Exception {
    Workers workers = atWork(LONG);
    CountDownLatch closed = new CountDownLatch(1);
    Thread closing =
        new Thread(
            () -> {
              workers.close(mayEnd::countDown); // the last work begins beside the others
              closed.countDown();
            });
    closing.start();
    assertThat(closed.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(ended.getCount()).isZero();
    assertThat(interrupted).isEmpty();
  }

  @Test
  void closeIsBoundedThoughWorkHangs() throws Exception {
    Workers workers = atWork(Duration.ofMillis(1));
    workers.close(() -> {});
    assertThat(ended.getCount()).isEqualTo(4);
    mayEnd.countDown();
    assertThat(ended.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).isEmpty();
  }

  @Test
  void eventsBeyondTenThousandAreRefused() throws Exception {
    Workers workers = new Workers(LONG);
    workers.listener().execute(this::work);
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < 10_000; i++) {
      workers.listener().execute(told::incrementAndGet);
    }
    assertThatThrownBy(() -> workers.listener().execute(told::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class);
    workers.close(mayEnd::countDown);
    assertThat(told).as("told before it is closed").hasValue(10_000);
  }

  /** Nor is it told the rest later, when the application is gone. */
  @Test
  void hangingListenerHoldsUpCloseForABoundedTime() throws Exception {
    Workers workers = new Workers(Duration.ofMillis(1));
    CountDownLatch hangs = new CountDownLatch(1);
    AtomicReference<Thread> thread = new AtomicReference<>();
    workers
        .listener()
        .execute(
            () -> {
              thread.set(Thread.currentThread());
              hangs.countDown();
              work();
            });
    AtomicInteger told = new AtomicInteger();
    workers.listener().execute(told::incrementAndGet);
    assertThat(hangs.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    try (LogLines log = new LogLines(Level.WARN)) {
      workers.close(() -> {});
      assertThat(log.messages()).singleElement().asString().endsWith("told of 1 events");
    }
    assertThat(thread.get().isAlive()).isTrue();
    mayEnd.countDown();
    thread.get().join(LONG.toMillis());
    assertThat(thread.get().isAlive()).isFalse();
    assertThat(told).hasValue(0);
    assertThat(interrupted).isEmpty();
  }

  @Test
  void interruptOfTheCallerIsKeptAndReachesNobody() throws Exception {
    Workers workers = atWork(LONG);
    Thread.currentThread().interrupt();
    workers.close(mayEnd::countDown);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended.getCount()).isZero();
    assertThat(interrupted).isEmpty();
  }
}
