package dev.latchkey.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKeyListener;
import dev.latchkey.manage.AuditEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/** Events of the audit reach the application's listeners, as beans and as events of Spring. */
class AuditEventsTest {
  /** Who has been told what, by whom. */
  record Told(BlockingQueue<String> all) {
    void of(String by, AuditEvent event) {
      of(by, event.action(), event.owner());
    }

    void of(String by, String action, String owner) {
      String thread = Thread.currentThread().getName().replaceAll("-[0-9]+$", "");
      all.add(by + " " + action + " " + owner + " on " + thread);
    }

    String next() throws InterruptedException {
      return all.poll(20, TimeUnit.SECONDS);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Listeners {
    @Bean
    Told told() {
      return new Told(new LinkedBlockingQueue<>());
    }

    @Bean
    @Order(1)
    ApiKeyListener failing(Told told) {
      return event -> {
        told.of("first", event);
        throw new IllegalStateException("no");
      };
    }

    /** Needs what tells it. */
    @Bean
    @Order(2)
    ApiKeyListener second(Told told, ApiKeys apiKeys) {
      return event -> {
        told.of("second", event);
        if (event.action().equals("key.added") && event.owner().equals("mallory")) {
          apiKeys.administration().deleteOwner(Actor.application(), event.owner());
        }
      };
    }

    @Bean
    Subscriber subscriber(Told told, ApiKeys apiKeys) {
      return new Subscriber((action, owner) -> told.of("event", action, owner));
    }
  }

  /** What an application does with an event. */
  interface Alarm {
    void raise(String action, String owner);
  }

  static final class Subscriber {
    private final Alarm alarm;

    Subscriber(Alarm alarm) {
      this.alarm = alarm;
    }

    @EventListener
    void on(AuditEvent event) {
      alarm.raise(event.action(), event.owner());
    }
  }

  @Test
  void eventsReachListenersAndSubscribers() throws Exception {
    try (Books books = Books.start(Listeners.class)) {
      books.keyOf("alice");
      books.keyOf("mallory");
      Told told = books.context().getBean(Told.class);
      for (String event :
          new String[] {
            "key.added alice", "key.added mallory", "key.revoked mallory", "owner.deleted mallory"
          }) {
        for (String by : new String[] {"first", "second", "event"}) {
          assertThat(told.next()).isEqualTo(by + " " + event + " on latchkey-listener");
        }
      }
    }
  }
}
