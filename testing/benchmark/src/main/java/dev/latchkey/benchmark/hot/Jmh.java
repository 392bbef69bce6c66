package dev.latchkey.benchmark.hot;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks under JMH, time and allocation. */
final class Jmh {
  private static final int TURNS = 3;
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private Jmh() {}

  /** How to run a benchmark in forks of a JDK, or only to see that it runs. */
  static ChainedOptionsBuilder options(Class<?> benchmark, Scale scale, Path jdk) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getName() + '.')
            .jvm(jdk.resolve("bin/java").toString())
            .jvmArgs("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    return scale == Scale.FULL
        ? options
        : options
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(10))
            .verbosity(VerboseMode.SILENT);
  }

  /**
   * Runs them in turns, a fork each time, so that what happens to the machine meanwhile happens to
   * all of them.
   *
   * @param nameParam which parameter tells what was measured
   * @param setting what the options say, for the results
   */
  static List<Measurement> run(
      String suite,
      String nameParam,
      ChainedOptionsBuilder options,
      Map<String, String> setting,
      Scale scale)
      throws RunnerException {
    Map<Measurement, List<Double>> samples = new LinkedHashMap<>();
    for (int turn = 0; turn < scale.of(1, TURNS); turn++) {
      for (RunResult result : new Runner(options.build()).run()) {
        for (Measurement one : measurements(suite, nameParam, result, setting)) {
          samples
              .computeIfAbsent(with(one, List.of()), what -> new ArrayList<>())
              .addAll(one.samples());
        }
      }
    }
    return samples.entrySet().stream().map(all -> with(all.getKey(), all.getValue())).toList();
  }

  private static Measurement with(Measurement of, List<Double> samples) {
    return new Measurement(of.suite(), of.name(), of.parameters(), of.unit(), samples);
  }

  private static List<Measurement> measurements(
      String suite, String nameParam, RunResult result, Map<String, String> setting) {
    BenchmarkParams params = result.getParams();
    Map<String, String> parameters = new LinkedHashMap<>(setting);
    params.getParamsKeys().stream()
        .filter(key -> !key.equals(nameParam))
        .forEach(key -> parameters.put(key, params.getParam(key)));
    parameters.put("jvm", params.getVmName() + " " + params.getJdkVersion());
    List<Double> times = new ArrayList<>();
    List<Double> allocations = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        times.add(iteration.getPrimaryResult().getScore());
        iteration
            .getSecondaryResults()
            .forEach(
                (label, secondary) -> {
                  if (label.equals(ALLOCATION)) {
                    allocations.add(secondary.getScore());
                  }
                });
      }
    }
    String name = params.getParam(nameParam);
    return List.of(
        new Measurement(suite, name, parameters, "ns/op", times),
        new Measurement(suite, name, parameters, "B/op", allocations));
  }
}
