package dev.latchkey.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.ApiKeysStats;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiKeysMetricsTest {
  private final ApiKeys apiKeys =
      ApiKeys.open(
          ApiKeysConfig.builder()
              .jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
              .maxKeysPerUser(100)
              .feedInterval(Duration.ofMinutes(1))
              .feedWindow(Duration.ofMinutes(3))
              .build());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  ApiKeysMetricsTest() {
    new ApiKeysMetrics(apiKeys).bindTo(registry);
  }

  @AfterEach
  void close() {
    apiKeys.close();
  }

  private String newKey(String owner) {
    return apiKeys.service().add(KeyOwner.of(owner), KeyRequest.create()).secret().reveal();
  }

  private double counter(String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  @Test
  void metersShowTheFigures() {
    String key = newKey("alice");
    apiKeys.authenticate(key);
    apiKeys.authenticate(key);
    apiKeys.authenticate("nonsense");
    ApiKeysStats stats = apiKeys.stats();
    assertThat(counter("latchkey.requests", "outcome", "accepted")).isEqualTo(2);
    assertThat(counter("latchkey.requests", "outcome", "invalid-key")).isEqualTo(1);
    assertThat(counter("latchkey.requests", "outcome", "missing-key")).isZero();
    assertThat(counter("latchkey.cache.gets", "result", "hit")).isEqualTo(1);
    assertThat(counter("latchkey.cache.gets", "result", "miss")).isEqualTo(1);
    assertThat(gauge("latchkey.cache.size", "keys", "live")).isEqualTo(1);
    assertThat(gauge("latchkey.cache.size", "keys", "unknown")).isZero();
    assertThat(gauge("latchkey.breaker.open", "source", "keys")).isZero();
    assertThat(gauge("latchkey.breaker.open", "source", "owners")).isZero();
    assertThat(gauge("latchkey.uses.waiting")).isEqualTo(1);
    assertThat(counter("latchkey.query.keys")).isEqualTo(1);
    assertThat(counter("latchkey.rate.limited.keys")).isZero();
    assertTimer("latchkey.lookup", stats.cacheMisses(), stats.lookupTime());
    assertTimer("latchkey.query", stats.queries(), stats.queryTime());
    assertThat(registry.get("latchkey.lookup.max").timeGauge().value(TimeUnit.NANOSECONDS))
        .isCloseTo(stats.longestLookup().toNanos(), within(1.0));
    assertThat(registry.get("latchkey.query.max").timeGauge().value(TimeUnit.NANOSECONDS))
        .isCloseTo(stats.longestQuery().toNanos(), within(1.0));
  }

  private void assertTimer(String name, long count, Duration total) {
    FunctionTimer timer = registry.get(name).functionTimer();
    assertThat(timer.count()).isEqualTo(count).isEqualTo(1);
    assertThat(
            timer.totalTime(TimeUnit.NANOSECONDS)) // the registry counts seconds, in floating point
        .isCloseTo(total.toNanos(), within(1.0))
        .isPositive();
  }

  /** Prometheus has seconds only; so has this registry. */
  @Test
  void timesAreInSeconds() {
    apiKeys.authenticate(newKey("alice"));
    while (apiKeys.feedState().lastSuccess().isEmpty()) {
      Thread.onSpinWait(); // from then on the lag grows
    }
    ApiKeysStats stats = apiKeys.stats();
    double lag = gauge("latchkey.feed.lag");
    assertThat(lag).isBetween(seconds(stats.feedLag()), seconds(apiKeys.stats().feedLag()));
    assertThat(gauge("latchkey.lookup.max"))
        .isCloseTo(seconds(stats.longestLookup()), within(1e-9));
    for (Meter meter : registry.getMeters()) {
      if (meter.getId().getType() == Meter.Type.TIMER) {
        assertThat(meter.getId().getBaseUnit()).as(meter.getId().getName()).isEqualTo("seconds");
      }
    }
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  @Test
  void ownersAndKeysMakeNoMeters() {
    Set<Meter.Id> before = ids();
    List<String> keys = IntStream.range(0, 50).mapToObj(i -> newKey("owner" + i)).toList();
    keys.forEach(apiKeys::authenticate);
    new ApiKeysMetrics(apiKeys).bindTo(registry);
    assertThat(ids()).isEqualTo(before).hasSizeLessThan(30);
    assertThat(before.toString()).doesNotContain("owner0");
  }

  private Set<Meter.Id> ids() {
    return registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
  }

  @Test
  void everyMeterIsDescribed() {
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
  }
}
