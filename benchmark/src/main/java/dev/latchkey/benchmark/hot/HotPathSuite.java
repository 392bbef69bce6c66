package dev.latchkey.benchmark.hot;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import dev.latchkey.benchmark.Versions;
import io.dropwizard.auth.CachingAuthenticator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.shiro.web.servlet.AbstractShiroFilter;
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
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.jee.filter.SecurityFilter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/**
 * The hot path under JMH. On this JDK with all peers; what the budget is about also on two threads,
 * on the JDK that {@code benchmark.otherJdk} names, and there on virtual threads.
 */
public final class HotPathSuite implements Suite {
  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final String[] ALL = {
    "bare",
    "limit",
    "by-hand",
    "latchkey",
    "dropwizard",
    "pac4j",
    "shiro",
    "spring-opaque",
    "spring-jwt"
  };
  private static final String[] BUDGET = {"limit", "latchkey"};

  @Override
  public String name() {
    return "hot-path";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of(
        "caffeine", Versions.of(Caffeine.class),
        "dropwizard", Versions.of(CachingAuthenticator.class),
        "jmh", Versions.of(Runner.class),
        "pac4j", Versions.of(DirectBearerAuthClient.class),
        "jakartaee-pac4j", Versions.of(SecurityFilter.class),
        "shiro", Versions.of(AbstractShiroFilter.class),
        "spring-security", Versions.of(HttpSecurity.class));
  }

  @Override
  public List<Measurement> run(Scale scale) throws RunnerException {
    List<Measurement> measurements = new ArrayList<>();
    Path here = Path.of(System.getProperty("java.home"));
    measurements.addAll(run(scale, here, 1, false, ALL));
    measurements.addAll(run(scale, here, 2, false, BUDGET));
    Path other = Path.of(System.getProperty("benchmark.otherJdk", "none"));
    if (scale == Scale.FULL && Files.isDirectory(other)) {
      for (int threads = 1; threads <= 2; threads++) {
        measurements.addAll(run(scale, other, threads, false, BUDGET));
        measurements.addAll(run(scale, other, threads, true, BUDGET));
      }
    }
    return measurements;
  }

  private static List<Measurement> run(
      Scale scale, Path jdk, int threads, boolean virtual, String[] subjects)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(HotPath.class.getName())
            .param("subject", subjects)
            .threads(threads)
            .jvm(jdk.resolve("bin/java").toString())
            .jvmArgs("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC")
            .jvmArgsAppend(virtual ? "-Djmh.executor=VIRTUAL" : "-Djmh.executor=FIXED_TPE")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    if (scale == Scale.SMOKE) {
      options
          .forks(0) // no JVM, no warm-up: it runs, no more
          .warmupIterations(0)
          .measurementIterations(1)
          .measurementTime(TimeValue.milliseconds(10))
          .verbosity(VerboseMode.SILENT)
          .param("keys", "10");
    }
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("jdk", jdk.equals(Path.of(System.getProperty("java.home"))) ? "this" : "other");
    setting.put("threads", (virtual ? "virtual " : "") + threads);
    return new Runner(options.build())
        .run().stream().flatMap(result -> measurements(result, setting).stream()).toList();
  }

  private static List<Measurement> measurements(RunResult result, Map<String, String> setting) {
    Map<String, String> parameters = new LinkedHashMap<>(setting);
    parameters.put("keys", result.getParams().getParam("keys"));
    parameters.put(
        "jvm", result.getParams().getVmName() + " " + result.getParams().getJdkVersion());
    String subject = result.getParams().getParam("subject");
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
    return List.of(
        new Measurement("hot-path", subject, parameters, "ns/op", times),
        new Measurement("hot-path", subject, parameters, "B/op", allocations));
  }
}
