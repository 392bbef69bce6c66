package dev.latchkey.boot.starter;

import static dev.latchkey.boot.starter.BooksContract.assertIsOurs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.books.AccountService;
import com.example.books.BooksApplication;
import dev.latchkey.boot.starter.Browser.Key;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The application starts, restarts and stops as Boot does it, and so do we. */
@ExtendWith(OutputCaptureExtension.class)
class LifecycleTest {
  /** Ours, besides those of contexts that other tests have left open. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("latchkey-"))
        .collect(Collectors.toSet());
  }

  private static void assertNoneIsLeftBeside(Set<Thread> before) {
    Awaitility.await().untilAsserted(() -> assertThat(before).containsAll(threads()));
  }

  private static void assertKeysWork(Books books) throws Exception {
    Key alice = new Key(books.keyOf("alice"));
    assertThat(books.browser().get("/api/me", alice).statusCode()).isEqualTo(200);
    assertIsOurs(books.browser().get("/api/me"), 401, "missing-key");
  }

  @Test
  void itComesBesideTheApplicationsLiquibaseOnAnEmptyDatabase() throws Exception {
    try (Books books =
        Books.start(
            "spring.flyway.enabled=false",
            "spring.liquibase.enabled=true",
            "spring.liquibase.change-log=classpath:/db/changelog/books.sql")) {
      assertKeysWork(books);
    }
  }

  @Test
  void lazyBeansGuardAsEagerOnes() throws Exception {
    try (Books books = Books.start("spring.main.lazy-initialization=true")) {
      assertKeysWork(books);
    }
  }

  /** As devtools does it: closed and started again in one JVM; and as tests do, several at once. */
  @Test
  void contextsOfOneJvmKnowNothingOfEachOther() throws Exception {
    Set<Thread> before = threads();
    String database = "spring.datasource.url=jdbc:h2:mem:restart;DB_CLOSE_DELAY=-1";
    Key alice;
    try (Books other = Books.start()) {
      try (Books books = Books.start(database)) {
        alice = new Key(books.keyOf("alice"));
        assertIsOurs(other.browser().get("/api/me", alice), 401, "invalid-key");
      }
      try (Books restarted = Books.start(database)) {
        assertThat(restarted.browser().get("/api/me", alice).statusCode()).isEqualTo(200);
      }
      assertKeysWork(other);
    }
    assertNoneIsLeftBeside(before);
  }

  @Configuration(proxyBeanMethods = false)
  static class Patience {
    static final class Gate {
      final CountDownLatch entered = new CountDownLatch(1);
      final CountDownLatch released = new CountDownLatch(1);
    }

    @Bean
    Gate gate() {
      return new Gate();
    }

    @RestController
    record Waits(Gate gate) {
      @GetMapping("/api/wait")
      String await(java.security.Principal principal) throws InterruptedException {
        gate.entered.countDown();
        gate.released.await();
        return principal.getName();
      }
    }
  }

  @Test
  void aRequestThatRunsIsAnsweredBeforeItStops() throws Exception {
    Set<Thread> before = threads();
    ExecutorService others = Executors.newCachedThreadPool();
    try (Books books = Books.start(Patience.class, "server.shutdown=graceful")) {
      Patience.Gate gate = books.context().getBean(Patience.Gate.class);
      Key alice = new Key(books.keyOf("alice"));
      Future<HttpResponse<String>> answer =
          others.submit(() -> books.browser().get("/api/wait", alice));
      gate.entered.await();
      Future<?> stopped = others.submit(books::close);
      Awaitility.await().until(() -> isRefused(books));
      gate.released.countDown();
      assertThat(answer.get().body()).isEqualTo("alice");
      stopped.get();
      assertNoneIsLeftBeside(before);
    } finally {
      others.shutdownNow();
    }
  }

  private static boolean isRefused(Books books) {
    try {
      books.browser().get("/api/me");
      return false;
    } catch (java.io.IOException e) {
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aWrongSettingStopsTheStartInOneLine(CapturedOutput output) {
    assertThatThrownBy(() -> Books.start("latchkey.cache-ttl=soon")).isNotNull();
    assertThat(output.getAll())
        .contains(
            "\n\nDescription:\n\nLatchkey cannot start: latchkey.cache-ttl must be an ISO-8601"
                + " duration such as PT30S, from PT0S to P10000D\n\nAction:\n\nCorrect it in"
                + " \"latchkey.cache-ttl\" from property source \"commandLineArgs\".");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @AutoConfigurationPackage(basePackageClasses = BooksApplication.class)
  @ComponentScan(
      basePackageClasses = BooksApplication.class,
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.ASSIGNABLE_TYPE,
              classes = {AccountService.class, BooksApplication.class}))
  static class WithoutUsers {}

  /** The user that Boot makes up is nobody's: keys belong to whom the logins are of. */
  @Test
  void withoutUsersOfTheApplicationKeysWorkWithoutRoles() throws Exception {
    try (Books books = Books.start(List.of(WithoutUsers.class))) {
      Key carol = new Key(books.keyOf("carol"));
      assertThat(books.browser().get("/api/me", carol).body())
          .contains("\"carol\"", "\"authorities\":[\"SCOPE_read\"]");
      assertThat(books.browser().get("/").statusCode()).isIn(302, 401);
    }
  }
}
