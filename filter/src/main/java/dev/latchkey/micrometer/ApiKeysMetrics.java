package dev.latchkey.micrometer;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers the figures of an {@link ApiKeys} as meters whose names begin with {@code latchkey.};
 * docs/monitoring.md lists them. No meter knows owners or keys, so the number of time series is
 * fixed. Reading costs nothing on the path of requests.
 *
 * <p>Thread-safe. A registry does not keep the {@code ApiKeys} from being collected.
 */
public final class ApiKeysMetrics implements MeterBinder {
  private final ApiKeys apiKeys;

  /** Creates a binder of an {@link ApiKeys}, which may be closed meanwhile. */
  public ApiKeysMetrics(ApiKeys apiKeys) {
    this.apiKeys = Objects.requireNonNull(apiKeys, "apiKeys");
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    requests(registry);
    cache(registry);
    timer(
        registry,
        "latchkey.lookup",
        "Waits of requests for keys that are not cached",
        ApiKeysStats::cacheMisses,
        ApiKeysStats::lookupTime,
        ApiKeysStats::longestLookup);
    timer(
        registry,
        "latchkey.query",
        "Queries of the database for keys",
        ApiKeysStats::queries,
        ApiKeysStats::queryTime,
        ApiKeysStats::longestQuery);
    counter("latchkey.query.keys", ApiKeysStats::queriedKeys)
        .description("Keys that were asked for in queries")
        .register(registry);
    counter("latchkey.rate.limited.keys", ApiKeysStats::rateLimitedKeys)
        .description("Keys looked up later, since few keys were found")
        .register(registry);
    breaker(registry, "keys", ApiKeysStats::storeCircuitOpen);
    breaker(registry, "owners", ApiKeysStats::ownersCircuitOpen);
    time(registry, "latchkey.feed.lag", "Time since changes were last read", ApiKeysStats::feedLag);
    Gauge.builder("latchkey.uses.waiting", apiKeys, keys -> keys.stats().waitingUses())
        .description("Keys whose last use is not written yet")
        .register(registry);
  }

  private void requests(MeterRegistry registry) {
    for (String outcome : apiKeys.stats().requests().keySet()) {
      counter("latchkey.requests", stats -> stats.requests().getOrDefault(outcome, 0L))
          .description("Requests that were judged")
          .tag("outcome", outcome)
          .register(registry);
    }
  }

  private void cache(MeterRegistry registry) {
    counter("latchkey.cache.gets", ApiKeysStats::cacheHits)
        .description("Keys that were looked for in the cache")
        .tag("result", "hit")
        .register(registry);
    counter("latchkey.cache.gets", ApiKeysStats::cacheMisses)
        .description("Keys that were looked for in the cache")
        .tag("result", "miss")
        .register(registry);
    size(registry, "live", ApiKeysStats::cachedKeys);
    size(registry, "unknown", ApiKeysStats::cachedUnknownKeys);
  }

  private void size(MeterRegistry registry, String keys, ToLongFunction<ApiKeysStats> size) {
    Gauge.builder("latchkey.cache.size", apiKeys, of(size::applyAsLong))
        .description("Keys in the cache")
        .tag("keys", keys)
        .register(registry);
  }

  private void breaker(MeterRegistry registry, String of, Function<ApiKeysStats, Boolean> open) {
    Gauge.builder("latchkey.breaker.open", apiKeys, of(stats -> open.apply(stats) ? 1 : 0))
        .description("1 while the circuit breaker is open or half-open")
        .tag("source", of)
        .register(registry);
  }

  private FunctionCounter.Builder<ApiKeys> counter(
      String name, ToLongFunction<ApiKeysStats> figure) {
    return FunctionCounter.builder(name, apiKeys, of(figure::applyAsLong));
  }

  private void timer(
      MeterRegistry registry,
      String name,
      String description,
      ToLongFunction<ApiKeysStats> count,
      Function<ApiKeysStats, Duration> total,
      Function<ApiKeysStats, Duration> max) {
    FunctionTimer.builder(
            name,
            apiKeys,
            keys -> count.applyAsLong(keys.stats()),
            of(stats -> total.apply(stats).toNanos()),
            TimeUnit.NANOSECONDS)
        .description(description)
        .register(registry);
    time(registry, name + ".max", description + ": the longest of late", max);
  }

  private void time(
      MeterRegistry registry,
      String name,
      String description,
      Function<ApiKeysStats, Duration> figure) {
    TimeGauge.builder(
            name, apiKeys, TimeUnit.NANOSECONDS, of(stats -> figure.apply(stats).toNanos()))
        .description(description)
        .register(registry);
  }

  private static ToDoubleFunction<ApiKeys> of(ToDoubleFunction<ApiKeysStats> figure) {
    return apiKeys -> figure.applyAsDouble(apiKeys.stats());
  }
}
