package dev.latchkey.benchmark.store;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Change;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.KeySecret;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A store with a number of rows, and what each of its operations takes: in microseconds, the mean
 * of as many as asked for. Whatever is done leaves as many rows as there were.
 */
final class Table implements AutoCloseable {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final int PAGE = 5_000;
  private static final int PORTION = 500;
  private static final int LIST_PAGE = 50;
  private static final Actor BY = Actor.application();
  private static final int MAX_KEYS = 10;
  private static final double BYTES_A_MEGABYTE = 1e6;
  private static final String SIZE =
      """
      SELECT %s FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name = 'latchkey_key'
      """;

  private final Random random = new Random(1);
  private final KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
  private final KeyHasher hasher = new KeyHasher();
  private final int rows;
  private final ApiKeyStore store;
  private final Connection connection;
  private int lastDead;
  private Instant lastUse = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  Table(Database database, int rows) throws SQLException {
    this(filled(database, rows).store(), database.connect(), rows);
  }

  /**
   * Measures a table that is filled.
   *
   * @param connection to the same database
   * @param rows how many {@link NumberedKeys} are in it, from the first on
   */
  Table(ApiKeyStore store, Connection connection, int rows) {
    this.rows = rows;
    this.lastDead = rows;
    this.store = store;
    this.connection = connection;
  }

  private static Database filled(Database database, int rows) throws SQLException {
    database.fill(rows);
    return database;
  }

  int rows() {
    return rows;
  }

  double lookUp(int times, int batch) {
    List<List<KeyHash>> hashes =
        Stream.generate(() -> randomKeys(batch).mapToObj(NumberedKeys::hash).toList())
            .limit(times)
            .toList();
    return micros(times, i -> demand(!store.findByHashes(hashes.get(i)).isEmpty()));
  }

  double list(int times) {
    List<String> owners = randomKeys(times).mapToObj(NumberedKeys::owner).toList();
    return micros(times, i -> demand(!store.findByOwner(owners.get(i)).isEmpty()));
  }

  /** What a change feed asks when nothing has changed. */
  double poll(int times) {
    return micros(
        times,
        i -> {
          Instant from = store.now().minus(WINDOW);
          demand(store.changes(Change.startOf(from), PAGE).isEmpty());
        });
  }

  double recordUses(int times) {
    List<List<KeyUse>> uses = Stream.generate(this::someUses).limit(times).toList();
    return micros(times, i -> store.recordUses(uses.get(i)));
  }

  private List<KeyUse> someUses() {
    lastUse = lastUse.plusSeconds(1);
    return randomKeys(PORTION)
        .mapToObj(number -> new KeyUse(NumberedKeys.hash(number), lastUse, "192.0.2.18"))
        .toList();
  }

  double add(int times) throws SQLException {
    List<StoredKey> keys = newKeys(times);
    double micros =
        micros(times, i -> demand(!store.add(keys.get(i), MAX_KEYS, false, BY).isEmpty()));
    remove(keys);
    return micros;
  }

  double delete(int times) throws SQLException {
    List<StoredKey> keys = newKeys(times);
    keys.forEach(key -> demand(!store.add(key, MAX_KEYS, false, BY).isEmpty()));
    double micros =
        micros(
            times,
            i ->
                demand(
                    store.delete(keys.get(i).owner(), keys.get(i).tag(), BY).hashes().size() == 1));
    remove(keys);
    return micros;
  }

  double edit(int times) throws SQLException {
    List<StoredKey> keys = newKeys(times);
    keys.forEach(key -> demand(!store.add(key, MAX_KEYS, false, BY).isEmpty()));
    KeyEdit edit = new KeyEdit("edited", null);
    double micros =
        micros(
            times,
            i -> {
              StoredKey key = keys.get(i);
              demand(!store.edit(key.owner(), key.tag(), edit, Instant.now(), BY).isEmpty());
            });
    remove(keys);
    return micros;
  }

  /** Returns what each of several pages takes, in milliseconds. */
  double[] pages(
      int times, IntFunction<KeyFilter> filter, IntFunction<Position> after, boolean findsNone) {
    int[] numbers = randomKeys(times).toArray();
    return Arrays.stream(numbers)
        .mapToDouble(
            number -> {
              KeyFilter some = filter.apply(number);
              Position place = after.apply(number);
              return micros(
                      1,
                      once -> {
                        Slice<StoredKey> page =
                            store.administration().keys(some, place, LIST_PAGE, Instant.now());
                        demand(page.items().isEmpty() == findsNone);
                      })
                  / 1e3;
            })
        .toArray();
  }

  /** Keys of owners of their own, whose names lie among all others. */
  private List<StoredKey> newKeys(int count) {
    Instant now = Instant.now();
    return randomKeys(count)
        .mapToObj(
            number -> {
              KeySecret key = generator.newKey();
              return StoredKey.fresh(
                  hasher.hash(key),
                  generator.newTag(),
                  NumberedKeys.owner(number) + "+" + generator.newTag(),
                  key.hint(),
                  "added",
                  now,
                  now.plus(Duration.ofDays(90)));
            })
        .toList();
  }

  private void remove(Collection<StoredKey> keys) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM latchkey_key WHERE key_hash = ?")) {
      connection.setAutoCommit(false);
      for (StoredKey key : keys) {
        delete.setBytes(1, key.hash().toBytes());
        delete.addBatch();
      }
      delete.executeBatch();
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Forgets 500 dead keys at a time. */
  double purge(int times) throws SQLException {
    double micros = 0;
    for (int i = 0; i < times; i++) {
      NumberedKeys.insertDead(connection, lastDead + 1, lastDead + PORTION);
      lastDead += PORTION;
      micros += micros(1, once -> demand(store.purge(Duration.ofDays(1)) == PORTION));
    }
    return micros / times;
  }

  /** Returns the size of the data or of the indexes. */
  double megabytes(String column) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE TABLE latchkey_key");
      try (ResultSet row = statement.executeQuery(SIZE.formatted(column))) {
        row.next();
        return row.getLong(1) / BYTES_A_MEGABYTE;
      }
    }
  }

  private IntStream randomKeys(int count) {
    return IntStream.generate(() -> 1 + random.nextInt(rows))
        .filter(number -> !NumberedKeys.isDeleted(number))
        .limit(count);
  }

  private static double micros(int times, IntConsumer operation) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      operation.accept(i);
    }
    return (System.nanoTime() - start) / 1e3 / times;
  }

  /** What does not answer as it should would be measured for nothing. */
  private static void demand(boolean so) {
    if (!so) {
      throw new IllegalStateException("the store did not answer as it should");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    store.close();
  }
}
