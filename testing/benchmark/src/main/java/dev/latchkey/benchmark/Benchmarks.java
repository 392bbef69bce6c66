package dev.latchkey.benchmark;

import dev.latchkey.benchmark.cold.BurstSuite;
import dev.latchkey.benchmark.cold.RestartSuite;
import dev.latchkey.benchmark.heap.HeapSuite;
import dev.latchkey.benchmark.hot.HotPathSuite;
import dev.latchkey.benchmark.hot.RefusalsSuite;
import dev.latchkey.benchmark.report.Report;
import dev.latchkey.benchmark.start.StartSuite;
import dev.latchkey.benchmark.store.FeedSuite;
import dev.latchkey.benchmark.store.FloodSuite;
import dev.latchkey.benchmark.store.RowsSuite;
import dev.latchkey.benchmark.wire.WireSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Measures, keeps what it measured as raw data, and writes the page that tells of it: {@code
 * Benchmarks <folder of the documentation> [suite …]}. Without names, or with {@code all}, it runs
 * all suites; with {@code report} none. What is not run now is told from the data of before.
 */
public final class Benchmarks {
  private static final String RAW = "performance";
  private static final String ALL = "all";
  private static final String REPORT = "report";

  static final List<Suite> SUITES =
      List.of(
          new HotPathSuite(),
          new RefusalsSuite(),
          new WireSuite(),
          new BurstSuite(),
          new RestartSuite(),
          new FloodSuite(),
          new RowsSuite(),
          new FeedSuite(),
          new HeapSuite(),
          new StartSuite());

  private Benchmarks() {}

  /** Runs. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("where the documentation is, is missing");
    }
    Path docs = Path.of(arguments[0]);
    List<String> names =
        Arrays.stream(arguments)
            .skip(1)
            .flatMap(argument -> Arrays.stream(argument.trim().split("\\s+")))
            .toList();
    List<Suite> suites = named(names);
    run(docs, suites, Scale.FULL);
    report(docs);
  }

  private static List<Suite> named(List<String> names) {
    List<String> known = SUITES.stream().map(Suite::name).toList();
    for (String name : names) {
      if (!known.contains(name) && !name.equals(ALL) && !name.equals(REPORT)) {
        throw new IllegalArgumentException(
            name + " is neither " + ALL + " nor " + REPORT + " nor one of the suites " + known);
      }
    }
    return names.isEmpty() || names.contains(ALL)
        ? SUITES
        : SUITES.stream().filter(suite -> names.contains(suite.name())).toList();
  }

  static void run(Path docs, List<Suite> suites, Scale scale) throws Exception {
    for (Suite suite : suites) {
      List<Measurement> measurements = suite.run(scale);
      Results.here(suite.name(), suite.versions(), measurements).write(docs.resolve(RAW));
    }
  }

  static void report(Path docs) throws IOException {
    Report.write(docs.resolve(RAW), docs);
  }
}
