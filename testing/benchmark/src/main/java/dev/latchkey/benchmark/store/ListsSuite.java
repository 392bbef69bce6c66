package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.internal.store.Position;
import dev.latchkey.manage.KeyFilter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** What a page of an administrator's list takes, with few keys in the table and with many. */
public final class ListsSuite {
  private static final List<Integer> SIZES = List.of(10_000, 1_000_000, 10_000_000);
  private static final List<Integer> SMOKE_SIZES = List.of(100, 1_000);
  private static final int SAMPLES = 5;
  private static final IntFunction<Position> FIRST = number -> Position.LAST;

  /** A list, and how many pages of it a sample is made of. */
  private record Pages(
      String name, int times, IntFunction<KeyFilter> filter, IntFunction<Position> after) {
    boolean findsNone() {
      return name.endsWith("none");
    }
  }

  private ListsSuite() {}

  private static List<Pages> lists() {
    Instant newest = Instant.now();
    KeyFilter all = KeyFilter.all();
    return List.of(
        new Pages("all keys, first page", 1_000, number -> all, FIRST),
        new Pages("all keys, any page", 1_000, number -> all, number -> place(newest, number)),
        new Pages("of an owner", 1_000, number -> all.withOwner(NumberedKeys.owner(number)), FIRST),
        new Pages("by tag", 1_000, number -> all.withTag(NumberedKeys.tag(number)), FIRST),
        new Pages("by hint", 1_000, number -> all.withHint(NumberedKeys.hintEnd(number)), FIRST),
        new Pages(
            "bounded scan that finds none",
            20,
            number -> all.withStatus(KeyFilter.Status.EXPIRED),
            number -> place(newest, number)));
  }

  /** Returns the place just after a key; the tables were filled not long before. */
  private static Position place(Instant newest, int number) {
    return Position.startOf(
        newest.minus(NumberedKeys.AGE_OF_NEWEST).minus(NumberedKeys.age(number)));
  }

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws SQLException {
    boolean smoke = scale == Scale.SMOKE;
    Map<String, String> options =
        smoke ? Database.durable("128M", "96M") : Database.durable("8G", "10G");
    List<Table> tables = new ArrayList<>();
    try (Database database = new Database(options)) {
      try {
        for (int rows : smoke ? SMOKE_SIZES : SIZES) {
          tables.add(new Table(database.another(), rows));
        }
        database.settle();
        for (Pages pages : lists()) {
          measure(samples.with(options), scale, pages, tables);
        }
      } finally {
        for (Table table : tables) {
          table.close();
        }
      }
    }
  }

  private static void measure(Samples samples, Scale scale, Pages pages, List<Table> tables) {
    int times = scale.of(2, pages.times());
    for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
      for (Table table : tables) {
        double[] millis = table.pages(times, pages.filter(), pages.after(), pages.findsNone());
        if (i > 0) { // the first one warms up
          Percentiles.add(samples.with("rows", table.rows()), pages.name(), millis);
        }
      }
    }
  }
}
