package dev.latchkey.benchmark;

import dev.latchkey.benchmark.heap.HeapSuite;
import dev.latchkey.benchmark.hot.HotPathSuite;
import dev.latchkey.benchmark.store.FeedSuite;
import dev.latchkey.benchmark.store.FloodSuite;
import dev.latchkey.benchmark.store.RowsSuite;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Measures, and writes what it measured: {@code Benchmarks <folder> [suite …]}. Without names it
 * runs all suites.
 */
public final class Benchmarks {
  private static final List<Suite> SUITES =
      List.of(
          new HotPathSuite(), new RowsSuite(), new FeedSuite(), new FloodSuite(), new HeapSuite());

  private Benchmarks() {}

  /** Runs. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("where to write the results to is missing");
    }
    run(Path.of(arguments[0]), Arrays.asList(arguments).subList(1, arguments.length), Scale.FULL);
  }

  static void run(Path folder, List<String> names, Scale scale) throws Exception {
    List<String> known = SUITES.stream().map(Suite::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(name + " is none of the suites " + known);
      }
    }
    for (Suite suite : SUITES) {
      if (names.isEmpty() || names.contains(suite.name())) {
        Results.here(suite.name(), suite.run(scale)).write(folder);
      }
    }
  }
}
