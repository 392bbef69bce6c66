package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the indexes for lists, and the events, cost each change: the same table with and without
 * them. They take turns, sample by sample.
 */
public final class ListIndexesSuite {
  private static final int SAMPLES = 10;
  private static final int TIMES = 200;

  private static final Map<String, List<String>> VARIANTS = new LinkedHashMap<>();

  static {
    String dropOfKey = "DROP INDEX latchkey_key_%s ON latchkey_key";
    String dropOfEvent = "DROP INDEX latchkey_event_%s ON latchkey_event";
    VARIANTS.put("all", List.of());
    VARIANTS.put("without listed_at", List.of(dropOfKey.formatted("listed_at")));
    VARIANTS.put("without hint_end", List.of(dropOfKey.formatted("hint_end")));
    VARIANTS.put(
        "without the events' indexes",
        List.of(
            dropOfEvent.formatted("owner"),
            dropOfEvent.formatted("tag"),
            dropOfEvent.formatted("new_tag")));
  }

  @FunctionalInterface
  private interface Work {
    double micros(Table table, int times) throws SQLException;
  }

  private ListIndexesSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws SQLException {
    Map<String, Work> operations = new LinkedHashMap<>();
    operations.put("add", Table::add);
    operations.put("edit", Table::edit);
    operations.put("delete", Table::delete);
    int rows = scale.of(100, 200_000);
    Map<String, String> options =
        scale == Scale.SMOKE ? Database.durable("128M", "96M") : Database.durable("2G", "2G");
    Map<String, Table> tables = new LinkedHashMap<>();
    try (Database database = new Database(options)) {
      try {
        for (Map.Entry<String, List<String>> variant : VARIANTS.entrySet()) {
          Database own = database.another();
          tables.put(variant.getKey(), new Table(own, rows));
          change(own, variant.getValue());
        }
        database.settle();
        for (Map.Entry<String, Work> operation : operations.entrySet()) {
          for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
            double all = 0;
            for (Map.Entry<String, Table> table : tables.entrySet()) {
              database.settleHistory();
              double micros = operation.getValue().micros(table.getValue(), scale.of(2, TIMES));
              all = all == 0 ? micros : all; // it is the first
              if (i > 0) { // the first one warms up
                Samples of =
                    samples.with("indexes", table.getKey()).with("rows", rows).with(options);
                of.add(operation.getKey(), "µs", micros);
                of.add(operation.getKey(), "ratio of all to these", all / micros);
              }
            }
          }
        }
      } finally {
        for (Table table : tables.values()) {
          table.close();
        }
      }
    }
  }

  private static void change(Database database, List<String> statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }
}
