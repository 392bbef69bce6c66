package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the number of rows costs. The tables of all sizes are there at once and take turns, sample
 * by sample, so that whatever else slows the machine down slows all of them; all fit into memory,
 * and none is read from the disk.
 */
public final class RowsSuite {
  private static final List<Integer> SIZES = List.of(10_000, 1_000_000, 10_000_000);
  private static final List<Integer> SMOKE_SIZES = List.of(100, 1_000);
  private static final int SAMPLES = 10;
  private static final String READS = "Innodb_buffer_pool_reads";

  @FunctionalInterface
  private interface Work {
    double micros(Table table, int times) throws SQLException;
  }

  /** An operation, and how often it is done a sample. */
  private record Operation(String name, int times, Work work) {}

  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation("look-up of 1", 1_000, (table, times) -> table.lookUp(times, 1)),
          new Operation("look-up of 512", 50, (table, times) -> table.lookUp(times, 512)),
          new Operation("list", 500, Table::list),
          new Operation("poll", 500, Table::poll),
          new Operation("record 500 uses", 5, Table::recordUses),
          new Operation("add", 200, Table::add),
          new Operation("delete", 200, Table::delete),
          new Operation("purge of 500", 5, Table::purge));

  private RowsSuite() {}

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
        measure(samples, options, scale, database, tables);
      } finally {
        for (Table table : tables) {
          table.close();
        }
      }
    }
  }

  private static void measure(
      Samples samples,
      Map<String, String> options,
      Scale scale,
      Database database,
      List<Table> tables)
      throws SQLException {
    for (Table table : tables) {
      Samples of = samples.with("rows", table.rows()).with(options);
      of.add("data", "MB", table.megabytes("data_length"));
      of.add("indexes", "MB", table.megabytes("index_length"));
    }
    long read = database.count(READS);
    for (Operation operation : OPERATIONS) {
      int times = scale.of(2, operation.times());
      for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
        for (Table table : tables) {
          database.settleHistory();
          double micros = operation.work().micros(table, times);
          if (i > 0) { // the first one warms up
            samples.with("rows", table.rows()).with(options).add(operation.name(), "µs", micros);
          }
        }
      }
    }
    samples
        .with(options)
        .add(
            "pages read from the disk meanwhile", "pages", (double) (database.count(READS) - read));
  }
}
