package dev.latchkey.benchmark.hot;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import io.dropwizard.auth.CachingAuthenticator;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.shiro.web.servlet.AbstractShiroFilter;
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
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.jee.filter.SecurityFilter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** Requests that reach no database, under JMH: time and allocation. */
public final class HotPathSuite {
  private static final String[] BUDGET = {"limit", "latchkey"};
  private static final String[] KINDS = {"accepted", "malformed", "bad-checksum", "unknown"};
  private static final String VIRTUAL = "virtual ";
  private static final int TURNS = 3;
  private static final Path HERE = Path.of(System.getProperty("java.home"));

  private HotPathSuite() {}

  /**
   * Measures accepted requests: on this JDK with all peers; what the budget is about also on two
   * threads, on the JDK that {@code benchmark.otherJdk} names, and there on virtual threads.
   */
  public static void requests(Samples samples, Scale scale) throws RunnerException {
    samples.version("caffeine", Caffeine.class);
    samples.version("dropwizard", CachingAuthenticator.class);
    samples.version("jmh", Runner.class);
    samples.version("pac4j", DirectBearerAuthClient.class);
    samples.version("jakartaee-pac4j", SecurityFilter.class);
    samples.version("shiro", AbstractShiroFilter.class);
    samples.version("spring-security", HttpSecurity.class);
    measure(samples, scale, HERE, 1, "");
    measure(samples, scale, HERE, 2, "", BUDGET);
    Path other = Path.of(System.getProperty("benchmark.otherJdk", "none"));
    if (scale == Scale.FULL && Files.isDirectory(other)) {
      for (int threads = 1; threads <= 2; threads++) {
        measure(samples, scale, other, threads, "", BUDGET);
        measure(samples, scale, other, threads, VIRTUAL, BUDGET);
      }
    }
  }

  /** Measures refused requests beside accepted ones. */
  public static void refusals(Samples samples, Scale scale) throws RunnerException {
    ChainedOptionsBuilder options =
        options(scale, HERE).param("subject", "latchkey").param("kind", KINDS);
    if (scale == Scale.FULL) {
      options.param("keys", "1000");
    }
    measure(samples, scale, options, "kind");
  }

  /** Measures keys that are limited to scopes beside those that are not, under the same rules. */
  public static void scopes(Samples samples, Scale scale) throws RunnerException {
    ChainedOptionsBuilder options =
        options(scale, HERE).param("subject", "latchkey", "latchkey-limited");
    if (scale == Scale.FULL) {
      options.param("keys", "1", "1000");
    }
    measure(samples, scale, options, "subject", "keys");
  }

  private static void measure(
      Samples samples, Scale scale, Path jdk, int threads, String of, String... subjects)
      throws RunnerException {
    ChainedOptionsBuilder options = options(scale, jdk).threads(threads);
    if (subjects.length > 0) {
      options.param("subject", subjects);
    }
    if (of.equals(VIRTUAL)) {
      options.jvmArgsAppend("-Djmh.executor=VIRTUAL");
    }
    Samples under =
        samples.with("jdk", jdk.equals(HERE) ? "this" : "other").with("threads", of + threads);
    measure(under, scale, options, "subject", "keys");
  }

  private static ChainedOptionsBuilder options(Scale scale, Path jdk) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(HotPath.class.getName() + '.')
            .jvm(jdk.resolve("bin/java").toString())
            .jvmArgs("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    return scale == Scale.FULL
        ? options
        : options
            .param("keys", "10")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(10))
            .verbosity(VerboseMode.SILENT);
  }

  /**
   * Runs all in turns, a fork each time, so that what happens to the machine meanwhile happens to
   * all of them.
   *
   * @param name which parameter of the benchmark names what is measured
   * @param conditions which of its parameters are conditions
   */
  private static void measure(
      Samples samples,
      Scale scale,
      ChainedOptionsBuilder options,
      String name,
      String... conditions)
      throws RunnerException {
    for (int turn = 0; turn < scale.of(1, TURNS); turn++) {
      for (RunResult result : new Runner(options.build()).run()) {
        BenchmarkParams params = result.getParams();
        Samples under = samples;
        for (String condition : conditions) {
          under = under.with(condition, params.getParam(condition));
        }
        under = under.with("jvm", params.getVmName() + " " + params.getJdkVersion());
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
          for (IterationResult iteration : fork.getIterationResults()) {
            add(under, params.getParam(name), iteration);
          }
        }
      }
    }
  }

  private static void add(Samples samples, String name, IterationResult iteration) {
    samples.add(name, "ns/op", iteration.getPrimaryResult().getScore());
    iteration
        .getSecondaryResults()
        .forEach(
            (label, secondary) -> {
              if (label.equals("gc.alloc.rate.norm")) {
                samples.add(name, "B/op", secondary.getScore());
              }
            });
  }
}
