package dev.latchkey.internal.auth;

import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.InMemoryApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How often the application is asked about many owners. */
class OwnerQuestionsTest {
  private static final int KEYS = 100_000;
  private static final int OWNERS = 10_000;
  private static final int MAX_QUESTIONS_PER_MINUTE = 150;

  private final Map<KeyHash, KeySnapshot> rows = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final MutableClock clock = new MutableClock(NOW);
  private long questions;
  private long asked;
  private long byRenewal; // of the questions, those not asked by requests

  private final CacheSettings settings =
      new CacheSettings(
          KEYS,
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          100,
          Duration.ofSeconds(30),
          Duration.ofSeconds(20));
  private final InMemoryApiKeyStore store =
      new InMemoryApiKeyStore() {
        @Override
        public synchronized Map<KeyHash, KeySnapshot> findByHashes(Collection<KeyHash> hashes) {
          return hashes.stream().collect(Collectors.toMap(hash -> hash, rows::get));
        }
      };
  private final OwnerCache owners =
      new OwnerCache(
          new OwnerSource(
              new OwnerSettings(null, this::rolesOf, null, null, Duration.ofMinutes(1)), store),
          settings,
          Runnable::run,
          nanos::get);
  private final CachingAuthenticator authenticator =
      new CachingAuthenticator(
          store,
          settings,
          Duration.ofHours(1),
          clock,
          nanos::get,
          Runnable::run,
          new LastUsed(store, 0, System::nanoTime),
          owners);

  private Map<String, Set<String>> rolesOf(Collection<String> names) {
    questions++;
    asked += names.size();
    assertThat(names.size()).isLessThanOrEqualTo(512);
    return names.stream().collect(Collectors.toMap(name -> name, name -> Set.of("user")));
  }

  /** Each key is used every ten seconds. */
  @Test
  void tenThousandOwnersAreAskedAboutInFewQuestions() throws Exception {
    List<KeyHash> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      StoredKey key = Keys.of("user" + i % OWNERS, NOW, NOW.plus(Duration.ofDays(1)));
      rows.put(key.hash(), new KeySnapshot(key, NOW, false));
      keys.add(key.hash());
    }
    for (int from = 0; from < KEYS; from += 500) {
      authenticator.preload(keys.subList(from, from + 500));
    }
    for (int minute = 0; minute < 2; minute++) {
      questions = 0;
      asked = 0;
      for (int second = 0; second < 60; second++) {
        for (int i = second % 10; i < KEYS; i += 10) {
          if (!(authenticator.authenticate(keys.get(i), () -> "192.0.2.1") instanceof Granted)) {
            throw new AssertionError("a key is refused"); // assertThat would take most of the time
          }
        }
        long byRequests = questions;
        owners.renew();
        pass(Duration.ofSeconds(1));
        assertThat(byRequests).as("asked by a request, not in the background").isEqualTo(byRenewal);
        byRenewal = questions;
      }
      byRenewal = 0;
      System.out.println(
          "figure: 100 000 keys of 10 000 owners: "
              + questions
              + " questions a minute about "
              + asked
              + " owners");
      assertThat(questions).isBetween(1L, (long) MAX_QUESTIONS_PER_MINUTE);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }
}
