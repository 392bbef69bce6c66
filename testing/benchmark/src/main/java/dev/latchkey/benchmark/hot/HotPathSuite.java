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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.jee.filter.SecurityFilter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/**
 * The hot path under JMH. On this JDK with all peers; what the budget is about also on two threads,
 * on the JDK that {@code benchmark.otherJdk} names, and there on virtual threads.
 */
public final class HotPathSuite implements Suite {
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
    measurements.addAll(run(scale, here, 1, false));
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

  private List<Measurement> run(
      Scale scale, Path jdk, int threads, boolean virtual, String... subjects)
      throws RunnerException {
    ChainedOptionsBuilder options = Jmh.options(HotPath.class, scale, jdk).threads(threads);
    if (subjects.length > 0) {
      options.param("subject", subjects);
    }
    if (virtual) {
      options.jvmArgsAppend("-Djmh.executor=VIRTUAL");
    }
    if (scale == Scale.SMOKE) {
      options.param("keys", "10");
    }
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("jdk", jdk.equals(Path.of(System.getProperty("java.home"))) ? "this" : "other");
    setting.put("threads", (virtual ? "virtual " : "") + threads);
    return Jmh.run(name(), "subject", options, setting, scale);
  }
}
