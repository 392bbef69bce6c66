package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application has one ApiKeys, in whatever order its filters and servlets start. */
interface StartContract {

  /** A container that is not started yet. */
  Container newContainer();

  @Test
  default void theServletServesBeforeTheFirstCallOfTheApi() throws Exception {
    try (Container container = newContainer()) {
      Caller caller = start(container, TestApplication.initParams());
      HttpResponse<String> added = caller.addKey("alice");
      assertThat(added.statusCode()).isEqualTo(201);
      String key = Caller.secretIn(added);
      assertThat(caller.getWithKey("api/surface", key).body()).startsWith("alice|");
      assertThat(caller.getWithKey("optional/x", key).body()).startsWith("alice|");
    }
  }

  @Test
  default void firstRequestsThatComeTogetherFindOneApiKeys() throws Exception {
    Set<Thread> feedsOfOthers = feedsBut(Set.of());
    try (Container container = newContainer()) {
      Caller caller = start(container, TestApplication.initParams());
      String[] paths = {"api/surface", "optional/x", "api-keys"};
      CyclicBarrier together = new CyclicBarrier(paths.length);
      ExecutorService callers = Executors.newFixedThreadPool(paths.length);
      try {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (String path : paths) {
          calls.add(
              () -> {
                together.await(10, TimeUnit.SECONDS);
                return caller.get(path, "X-Together", "" + paths.length).statusCode();
              });
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : callers.invokeAll(calls)) {
          statuses.add(answer.get());
        }
        assertThat(statuses).containsExactly(401, 200, 401);
      } finally {
        callers.shutdownNow();
      }
      assertThat(feedsBut(feedsOfOthers)).hasSize(1);

      HttpResponse<String> added = caller.addKey("alice");
      String key = Caller.secretIn(added);
      for (String path : new String[] {"api/surface", "optional/x"}) {
        assertThat(caller.getWithKey(path, key).statusCode()).isEqualTo(200);
      }
      String location = added.headers().firstValue("Location").orElseThrow();
      assertThat(caller.send("DELETE", location, "X-Test-User", "alice").statusCode())
          .isEqualTo(204);
      for (String path : new String[] {"api/surface", "optional/x"}) {
        assertThat(caller.getWithKey(path, key).statusCode()).isEqualTo(401);
      }
    }
    assertThat(feedsBut(feedsOfOthers)).isEmpty();
  }

  /** Told by the filter and by the servlet. */
  @Test
  default void anAbsentStoreHasOneTitle() throws Exception {
    Map<String, String> params = TestApplication.initParams();
    params.put("jdbcUrl", "jdbc:h2:/dev/null/none");
    params.put("startWithoutStore", "true");
    String key = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
    try (Container container = newContainer()) {
      Caller caller = start(container, params);
      String problem =
          "{\"type\":\"urn:latchkey:store-unavailable\","
              + "\"title\":\"API keys are not available right now\",\"status\":503,";
      HttpResponse<String> fromFilter = caller.getWithKey("api/surface", key);
      HttpResponse<String> fromServlet = caller.get("api-keys", "X-Test-User", "alice");
      for (HttpResponse<String> answer : List.of(fromFilter, fromServlet)) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).startsWith(problem);
      }
    }
  }

  private static Set<Thread> feedsBut(Set<Thread> others) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("latchkey-feed"))
        .filter(thread -> !others.contains(thread))
        .collect(Collectors.toSet());
  }

  /** At the start; where filters and servlets start with a request, that request is told. */
  @ParameterizedTest
  @CsvSource({"cacheTtl, soon", "cachTtl, PT1S", "jdbcUrl, jdbc:nothing:x", "excludedPaths, api/*"})
  default void aWrongSettingIsToldOnEveryPath(String name, String value) throws Exception {
    Map<String, String> params = TestApplication.initParams();
    params.put(name, value);
    String[] paths = {"api-keys", "api/surface", "optional/x", "api-keys"};
    try (Container container = newContainer()) {
      Caller caller;
      LogOfStart log = new LogOfStart();
      try {
        caller = start(container, params);
      } catch (Exception e) { // the application did not start
        log.tell(e);
        assertThat(log.told).anyMatch(told -> told.contains(name));
        return;
      } finally {
        log.close();
      }
      for (String path : name.equals("excludedPaths") ? new String[] {"api/surface"} : paths) {
        HttpResponse<String> answer = caller.get(path, "X-Test-User", "alice");
        assertThat(answer.statusCode()).as(path).isEqualTo(500);
        assertThat(answer.body()).as(path).contains(name);
      }
    }
  }

  private static Caller start(Container container, Map<String, String> params) throws Exception {
    return new Caller(container.start(TestApplication.ERROR_PAGE, new TestApplication(params)));
  }

  /** Tomcat tells in its log alone why an application does not start. */
  final class LogOfStart extends Handler {
    final List<String> told = new CopyOnWriteArrayList<>();

    private LogOfStart() {
      Logger.getLogger("").addHandler(this);
    }

    private void tell(@Nullable Throwable thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        told.add(String.valueOf(cause.getMessage()));
      }
    }

    @Override
    public void publish(LogRecord entry) {
      tell(entry.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      Logger.getLogger("").removeHandler(this);
    }
  }
}
