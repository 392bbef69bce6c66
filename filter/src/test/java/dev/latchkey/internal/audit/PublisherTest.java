package dev.latchkey.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.latchkey.LogLines;
import dev.latchkey.internal.store.StoredEvent;
import dev.latchkey.manage.AuditEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PublisherTest {
  private static AuditEvent event(int number) {
    return new StoredEvent(
        String.valueOf(number),
        Instant.EPOCH,
        "key.added",
        null,
        "application",
        "alice",
        "t",
        null,
        null,
        "{}");
  }

  @Test
  void eachEventIsOneLineAtInfo() {
    try (LogLines log = new LogLines(Level.DEBUG)) {
      new Publisher(null, Runnable::run).publish(event(1));
      new Publisher(null, Runnable::run).publish(event(2));
      assertThat(log.messages()).containsExactly(EventJson.of(event(1)), EventJson.of(event(2)));
    }
  }

  @Test
  void listenerIsToldByTheExecutorAloneInOrder() {
    Queue<Runnable> queue = new ArrayDeque<>();
    List<AuditEvent> told = new ArrayList<>();
    Publisher publisher = new Publisher(told::add, queue::add);
    publisher.publish(event(1));
    publisher.publish(event(2));
    assertThat(told).isEmpty();
    queue.forEach(Runnable::run);
    assertThat(told).containsExactly(event(1), event(2));
  }

  @Test
  void failingListenerHarmsNobody() {
    List<AuditEvent> told = new ArrayList<>();
    Publisher publisher =
        new Publisher(
            event -> {
              told.add(event);
              if (told.size() > 1) {
                throw new NoSuchMethodError("x");
              }
              throw new IllegalStateException("no");
            },
            Runnable::run);
    try (LogLines log = new LogLines(Level.WARN)) {
      publisher.publish(event(1));
      publisher.publish(event(2));
      assertThat(told).hasSize(2);
      assertThat(log.messages())
          .as("once a minute")
          .containsExactly("Latchkey: the ApiKeyListener failed: no");
    }
  }

  @Test
  void fullQueueIsWarnedOfOnce() {
    Publisher publisher =
        new Publisher(
            event -> {},
            task -> {
              throw new RejectedExecutionException();
            });
    try (LogLines log = new LogLines(Level.WARN)) {
      publisher.publish(event(1));
      publisher.publish(event(2));
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("Latchkey: the ApiKeyListener");
    }
  }

  @Test
  void failingLogHarmsNobody() {
    AppenderBase<ILoggingEvent> failing =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            throw new IllegalStateException("disk full");
          }

          @Override
          public synchronized void doAppend(ILoggingEvent event) {
            append(event); // without the guard of the base
          }
        };
    Logger logger = (Logger) LoggerFactory.getLogger("dev.latchkey.audit");
    logger.addAppender(failing);
    List<AuditEvent> told = new ArrayList<>();
    try (LogLines log = new LogLines(Level.INFO)) {
      new Publisher(told::add, Runnable::run).publish(event(1));
      assertThat(log.messages()).contains("Latchkey: the log of the audit failed: disk full");
    } finally {
      logger.detachAppender(failing);
    }
    assertThat(told).containsExactly(event(1));
  }
}
