package dev.latchkey.benchmark.store;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the number of rows costs. The tables of all sizes are there at once and take turns, sample
 * by sample, so that whatever else slows the machine down slows all of them; all fit into memory,
 * and none is read from the disk.
 */
public final class RowsSuite implements Suite {
  private static final int[] SIZES = {10_000, 1_000_000, 10_000_000};
  private static final int[] SMOKE_SIZES = {100, 1_000};
  private static final int SAMPLES = 10;

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

  @Override
  public String name() {
    return "rows";
  }

  @Override
  public List<Measurement> run(Scale scale) throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (Database database = database(scale)) {
      try {
        for (int rows : scale == Scale.SMOKE ? SMOKE_SIZES : SIZES) {
          tables.add(new Table(database, rows));
        }
        database.settle();
        return measure(scale, database, tables);
      } finally {
        for (Table table : tables) {
          table.close();
        }
      }
    }
  }

  private static Database database(Scale scale) {
    return scale == Scale.SMOKE ? new Database("128M", "96M") : new Database("8G", "10G");
  }

  private static List<Measurement> measure(Scale scale, Database database, List<Table> tables)
      throws SQLException {
    List<Measurement> measurements = new ArrayList<>();
    for (Table table : tables) {
      measurements.add(measurement(database, table, "data", "MB", List.of(table.dataMegabytes())));
      measurements.add(
          measurement(database, table, "indexes", "MB", List.of(table.indexMegabytes())));
    }
    long read = database.server().count("Innodb_buffer_pool_reads");
    for (Operation operation : OPERATIONS) {
      measurements.addAll(measure(scale, database, tables, operation));
    }
    measurements.add(
        new Measurement(
            "rows",
            "pages read from the disk meanwhile",
            database.parameters(),
            "pages",
            List.of((double) database.server().count("Innodb_buffer_pool_reads") - read)));
    return measurements;
  }

  private static List<Measurement> measure(
      Scale scale, Database database, List<Table> tables, Operation operation) throws SQLException {
    Map<Table, List<Double>> samples = new LinkedHashMap<>();
    tables.forEach(table -> samples.put(table, new ArrayList<>()));
    int times = scale.of(2, operation.times());
    for (int i = 0; i <= scale.of(1, SAMPLES); i++) {
      for (Table table : tables) {
        database.settleHistory();
        double micros = operation.work().micros(table, times);
        if (i > 0) { // the first one warms up
          samples.get(table).add(micros);
        }
      }
    }
    return tables.stream()
        .map(table -> measurement(database, table, operation.name(), "µs", samples.get(table)))
        .toList();
  }

  private static Measurement measurement(
      Database database, Table table, String name, String unit, List<Double> samples) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("rows", String.valueOf(table.rows()));
    parameters.putAll(database.parameters());
    return new Measurement("rows", name, parameters, unit, samples);
  }
}
