package dev.latchkey.benchmark;

import dev.latchkey.benchmark.heap.HeapSuite;
import dev.latchkey.benchmark.hot.HotPathSuite;
import dev.latchkey.benchmark.report.RawData;
import dev.latchkey.benchmark.report.Report;
import dev.latchkey.benchmark.start.StartSuite;
import dev.latchkey.benchmark.store.BurstSuite;
import dev.latchkey.benchmark.store.DatabasesSuite;
import dev.latchkey.benchmark.store.FeedSuite;
import dev.latchkey.benchmark.store.FloodSuite;
import dev.latchkey.benchmark.store.ListIndexesSuite;
import dev.latchkey.benchmark.store.ListsSuite;
import dev.latchkey.benchmark.store.MigrationSuite;
import dev.latchkey.benchmark.store.RestartSuite;
import dev.latchkey.benchmark.store.RevocationSuite;
import dev.latchkey.benchmark.store.RowsSuite;
import dev.latchkey.benchmark.wire.WireSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures, stores the raw results, and writes the pages about them: {@code Benchmarks <folder of
 * the documentation> [suite …]}. Without names, or with {@code all}, it runs all suites; with
 * {@code report} none. The pages use the stored results of suites that do not run now.
 */
public final class Benchmarks {
  private static final String RAW = "performance";
  private static final String ALL = "all";
  private static final String REPORT = "report";

  static final List<Suite> SUITES =
      List.of(
          new Suite("hot-path", HotPathSuite::requests),
          new Suite("refusals", HotPathSuite::refusals),
          new Suite("scopes", HotPathSuite::scopes),
          new Suite("wire", WireSuite::run),
          new Suite("burst", BurstSuite::run),
          new Suite("restart", RestartSuite::run),
          new Suite("flood", FloodSuite::run),
          new Suite("rows", RowsSuite::run),
          new Suite("feed", FeedSuite::run),
          new Suite("databases", DatabasesSuite::run),
          new Suite("lists", ListsSuite::run),
          new Suite("list-indexes", ListIndexesSuite::run),
          new Suite("revocation", RevocationSuite::run),
          new Suite("migration", MigrationSuite::run),
          new Suite("heap", HeapSuite::run),
          new Suite("start", StartSuite::run));

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
    run(docs, named(names), Scale.FULL);
    report(docs);
  }

  private static List<Suite> named(List<String> names) {
    List<String> known =
        Stream.concat(Stream.of(ALL, REPORT), SUITES.stream().map(Suite::name)).toList();
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException(names + " are not all among " + known);
    }
    return names.isEmpty() || names.contains(ALL)
        ? SUITES
        : SUITES.stream().filter(suite -> names.contains(suite.name())).toList();
  }

  static void run(Path docs, List<Suite> suites, Scale scale) throws Exception {
    for (Suite suite : suites) {
      suite.run(scale).write(docs.resolve(RAW));
    }
  }

  static void report(Path docs) throws IOException {
    new Report(RawData.read(docs.resolve(RAW))).write(docs);
  }
}
