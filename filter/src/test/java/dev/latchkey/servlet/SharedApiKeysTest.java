package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.servlet.SharedApiKeys;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.test.LongForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedApiKeysTest {
  private static final int USERS = 8;
  private static final int TIMES = LongForm.choose(20, 5);

  private final FakeApplication application = new FakeApplication();
  private final ExecutorService executor = Executors.newCachedThreadPool();

  SharedApiKeysTest() {
    // It stays between two users, so that only the first of them has a schema to apply.
    application.contextParams.put("latchkey.jdbcUrl", application.url + ";DB_CLOSE_DELAY=-1");
  }

  @AfterEach
  void end() {
    executor.shutdownNow();
    assertThat(application.attributes).isEmpty();
  }

  private SharedApiKeys share() {
    return SharedApiKeys.of(application.context());
  }

  private static Set<Thread> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().contains("latchkey"))
        .collect(Collectors.toSet());
  }

  private <T> List<T> together(int users, Supplier<T> each) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(users);
    List<Future<T>> results = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      results.add(
          executor.submit(
              () -> {
                barrier.await();
                return each.get();
              }));
    }
    List<T> all = new ArrayList<>();
    for (Future<T> result : results) {
      all.add(result.get(30, TimeUnit.SECONDS));
    }
    return all;
  }

  @Test
  void usersShareOneUntilTheLastHasGone() throws Exception {
    List<SharedApiKeys> shares = together(USERS, this::share);
    assertThat(shares).extracting(SharedApiKeys::apiKeys).containsOnly(shares.get(0).apiKeys());
    assertThat(application.attributes).containsEntry(ApiKeys.ATTRIBUTE, shares.get(0).apiKeys());
    for (SharedApiKeys share : shares.subList(1, USERS)) {
      share.close();
      assertThat(application.attributes).containsKey(ApiKeys.ATTRIBUTE);
    }
    shares.get(0).close();
  }

  /** At each moment there is one or none, however users come and go. */
  @Test
  void usersNeverOpenTwo() throws Exception {
    AtomicInteger users = new AtomicInteger();
    together(
        USERS,
        () -> {
          for (int time = 0; time < TIMES; time++) {
            SharedApiKeys share = share();
            users.incrementAndGet();
            assertThat(application.attributes).containsEntry(ApiKeys.ATTRIBUTE, share.apiKeys());
            share.close();
          }
          return true;
        });
    assertThat(users).hasValue(USERS * TIMES);
    assertThat(application.attributes).isEmpty();
  }

  @Test
  void failedStartLeavesNothingAndIsToldToEveryUser() throws Exception {
    Set<Thread> before = ourThreads();
    application.contextParams.put("latchkey.cacheTtl", "soon");
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(this::share).hasMessageContaining("cacheTtl");
      assertThat(application.attributes).isEmpty();
    }
    application.contextParams.remove("latchkey.cacheTtl");
    application.contextParams.put("latchkey.jdbcUrl", "jdbc:h2:/dev/null/none;IFEXISTS=TRUE");
    assertThat(
            together(
                2,
                () -> {
                  try {
                    share();
                    return "started";
                  } catch (StoreException e) {
                    return "failed";
                  }
                }))
        .containsOnly("failed");
    assertThat(application.attributes).isEmpty();
    assertThat(ourThreads()).isSubsetOf(before);
    application.contextParams.put("latchkey.jdbcUrl", application.url);
    share().close();
  }

  @Test
  void instanceOfTheApplicationIsUsedAndLeftOpen() {
    try (ApiKeys own = ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(application.url).build())) {
      application.attributes.put(ApiKeys.ATTRIBUTE, own);
      SharedApiKeys share = share();
      assertThat(share.apiKeys()).isSameAs(own);
      share.close();
      assertThat(application.attributes).containsOnlyKeys(ApiKeys.ATTRIBUTE);
      assertThat(own.service().policy(KeyOwner.of("alice"))).isNotNull();
      assertThat(ourThreads()).anyMatch(thread -> thread.getName().startsWith("latchkey-feed"));
      application.attributes.clear();
    }
  }

  @Test
  void instanceThatReplacesOursStays() {
    SharedApiKeys share = share();
    try (ApiKeys own = ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(application.url).build())) {
      application.attributes.put(ApiKeys.ATTRIBUTE, own);
      SharedApiKeys later = share();
      assertThat(later.apiKeys()).isSameAs(own);
      later.close();
      share.close();
      assertThat(application.attributes).containsOnlyKeys(ApiKeys.ATTRIBUTE);
      application.attributes.clear();
    }
  }

  /** Though all applications of a server may load the class from one place. */
  @Test
  void applicationsNeitherShareNorWaitForEachOther() throws Exception {
    FakeApplication other = new FakeApplication();
    other.contextParams.put("latchkey.jdbcUrl", other.url);
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    other.whileStarting =
        () -> {
          starting.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Future<SharedApiKeys> slow = executor.submit(() -> SharedApiKeys.of(other.context()));
    starting.await();
    SharedApiKeys quick = share();
    goOn.countDown();
    SharedApiKeys share = slow.get(30, TimeUnit.SECONDS);
    assertThat(share.apiKeys()).isNotSameAs(quick.apiKeys());
    share.close();
    assertThat(other.attributes).isEmpty();
    assertThat(application.attributes).containsEntry(ApiKeys.ATTRIBUTE, quick.apiKeys());
    quick.close();
  }
}
