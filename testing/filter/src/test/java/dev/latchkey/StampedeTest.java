package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.auth.AuthOutcome;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.RequestAuthenticator;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.manage.KeySecret;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cold cache and many who ask at once. The database counts the queries itself. */
@ExtendWith(MariaDb.class)
class StampedeTest {
  private static final int THREADS = 64;
  private static final int KEYS_EACH = LongForm.choose(1_000, 250);

  private final MariaDbServer mariaDb;
  private String database;
  private ApiKeys apiKeys;

  StampedeTest(MariaDbServer mariaDb) {
    this.mariaDb = mariaDb;
  }

  @BeforeEach
  void open() {
    database = mariaDb.newDatabase();
    apiKeys =
        ApiKeys.open(
            ApiKeysConfig.builder()
                .jdbcUrl(mariaDb.url(database))
                .jdbcUser(MariaDbServer.USER)
                .jdbcPassword(MariaDbServer.PASSWORD)
                .lookupTimeout(java.time.Duration.ofSeconds(15))
                .build());
  }

  @AfterEach
  void close() {
    apiKeys.close();
  }

  private List<String> insert(int count) throws SQLException {
    List<String> secrets = new ArrayList<>();
    KeyHasher hasher = new KeyHasher();
    try (Connection connection = mariaDb.connect(database);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO latchkey_key (key_hash, tag, owner, slot, hint, description,"
                    + " created_at, expires_at, changed_at) VALUES (?, ?, ?, 1, '', '',"
                    + " '2026-01-01', '2100-01-01', '2026-01-01')")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < count; i++) {
        KeySecret secret = Keys.secret();
        secrets.add(secret.reveal());
        insert.setBytes(1, hasher.hash(secret).toBytes());
        insert.setString(2, "t" + i);
        insert.setString(3, "owner " + i);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    }
    return secrets;
  }

  /**
   * Returns how many queries there are while so many threads, all at once, ask for lists of keys.
   */
  private long queries(List<List<String>> askedByThreads) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(askedByThreads.size());
    CyclicBarrier start = new CyclicBarrier(askedByThreads.size());
    long before = mariaDb.count("Com_select");
    try {
      List<Callable<List<AuthOutcome>>> work = new ArrayList<>();
      for (List<String> asked : askedByThreads) {
        work.add(
            () -> {
              start.await();
              return asked.stream()
                  .map(
                      key ->
                          apiKeys
                              .unwrap(RequestAuthenticator.class)
                              .authenticate(key, 0, () -> "192.0.2.1"))
                  .toList();
            });
      }
      for (Future<List<AuthOutcome>> results : threads.invokeAll(work)) {
        assertThat(results.get()).allMatch(result -> result instanceof Granted);
      }
      return mariaDb.count("Com_select") - before;
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void coldKeysOfManyThreadsTravelTogether() throws Exception {
    List<String> keys = insert(THREADS * KEYS_EACH);
    long queries =
        queries(
            IntStream.range(0, THREADS)
                .mapToObj(thread -> keys.subList(thread * KEYS_EACH, (thread + 1) * KEYS_EACH))
                .toList());
    System.out.println(
        "[figure] queries for %d cold keys of %d threads: %d"
            .formatted(keys.size(), THREADS, queries));
    assertThat(queries).isLessThan(keys.size() / 8);
  }

  @Test
  void coldKeyOfAThousandThreadsIsLookedUpOnce() throws Exception {
    List<String> key = insert(1);
    long queries = queries(Stream.generate(() -> key).limit(1_000).toList());
    // The change feed may ask meanwhile, for the time and what changed.
    System.out.println("[figure] queries for 1 cold key of 1 000 threads: " + queries);
    assertThat(queries).isBetween(1L, 9L);
  }
}
