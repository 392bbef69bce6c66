package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.FilterSettings;
import dev.latchkey.KeyRequirement;
import dev.latchkey.internal.auth.Outcome;
import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.test.MutableClock;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Each request that is judged counts once, as what became of it. */
class OutcomesTest {
  private final FakeApplication application = new FakeApplication();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-11-23T04:00:00Z"));
  private final ApiKeys apiKeys =
      ApiKeys.open(
          ApiKeysConfig.builder().jdbcUrl(application.url).clock(clock).acceptBasic(true).build());

  @AfterEach
  void close() {
    apiKeys.close();
  }

  private String newKey() {
    return apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()).secret().reveal();
  }

  private ApiKeyFilter filter(Consumer<FilterSettings.Builder> settings) throws Exception {
    FilterSettings.Builder builder = apiKeys.filterSettings().toBuilder();
    settings.accept(builder);
    application.filters.put("api", Map.of());
    return application.started("api", new ApiKeyFilter(apiKeys, builder.build()));
  }

  /** Runs a request, and returns what was counted meanwhile. */
  private Map<String, Long> counted(ApiKeyFilter filter, Consumer<FakeExchange> request)
      throws Exception {
    FakeExchange exchange = new FakeExchange();
    request.accept(exchange);
    Map<String, Long> before = apiKeys.stats().requests();
    filter.doFilter(exchange.request, exchange.response, exchange.chain);
    Map<String, Long> counted = new HashMap<>();
    apiKeys
        .stats()
        .requests()
        .forEach(
            (outcome, count) -> {
              if (!count.equals(before.get(outcome))) {
                counted.put(outcome, count - before.get(outcome));
              }
            });
    return counted;
  }

  private void assertCounts(ApiKeyFilter filter, String outcome, Consumer<FakeExchange> request)
      throws Exception {
    assertThat(counted(filter, request)).isEqualTo(Map.of(outcome, 1L));
  }

  private static Consumer<FakeExchange> with(String header, String value) {
    return exchange -> exchange.header(header, value);
  }

  private static Consumer<FakeExchange> bearer(String key) {
    return with("Authorization", "Bearer " + key);
  }

  @Test
  void everyOutcomeCountsOnce() throws Exception {
    ApiKeyFilter filter = filter(settings -> {});
    String key = newKey();
    assertCounts(filter, "accepted", bearer(key)); // looked up
    assertCounts(filter, "accepted", bearer(key)); // from the cache
    assertCounts(filter, "accepted", bearer(key)); // on the fast path
    assertCounts(filter, "missing-key", exchange -> {});
    assertCounts(filter, "malformed-credentials", with("Authorization", "Bearer"));
    assertCounts(filter, "malformed-credentials", bearer("\"" + key + "\""));
    assertCounts(filter, "invalid-key", bearer("nonsense"));
    assertCounts(filter, "invalid-key", with("Authorization", "Basic eDp5"));
    String unknown = FilterContract.unknownKey();
    assertCounts(filter, "invalid-key", bearer(unknown)); // looked up
    assertCounts(filter, "invalid-key", bearer(unknown)); // from the cache
    clock.advance(Duration.ofDays(1_000));
    assertCounts(filter, "expired-key", bearer(key));
    apiKeys.close();
    assertCounts(filter, "store-unavailable", bearer(FilterContract.unknownKey()));
  }

  @Test
  void requestsThatMayComeWithoutAKeyAreAnonymous() throws Exception {
    ApiKeyFilter filter = filter(settings -> settings.credentials(KeyRequirement.OPTIONAL));
    assertCounts(filter, "anonymous", exchange -> {});
    assertCounts(filter, "anonymous", with("Authorization", "Basic eDp5"));
    assertCounts(filter, "invalid-key", bearer("nonsense"));
  }

  @Test
  void refusedIncludeCountsThoughNothingIsAnswered() throws Exception {
    ApiKeyFilter filter = filter(settings -> {});
    for (String credentials : new String[] {"Bearer nonsense", "Bearer \"x\"", "Bearer", "x"}) {
      Map<String, Long> counted =
          counted(
              filter,
              exchange -> {
                exchange.header("Authorization", credentials);
                Mockito.when(exchange.request.getDispatcherType())
                    .thenReturn(DispatcherType.INCLUDE);
              });
      assertThat(counted.values()).as(credentials).containsExactly(1L);
    }
  }

  @Test
  void laterDispatchCountsNoMore() throws Exception {
    ApiKeyFilter filter = filter(settings -> {});
    FakeExchange exchange = new FakeExchange();
    exchange.header("X-API-Key", newKey());
    filter.doFilter(exchange.request, exchange.response, exchange.chain);
    filter.doFilter(exchange.request, exchange.response, exchange.chain);
    assertThat(apiKeys.stats().requests()).containsEntry("accepted", 1L);
  }

  @Test
  void pathsThatAreLeftAloneDoNotCount() throws Exception {
    ApiKeyFilter filter = filter(settings -> settings.excludedPaths(List.of("/*")));
    assertThat(counted(filter, exchange -> {})).isEmpty();
  }

  @Test
  void keysInCodeCountAsWell() {
    String key = newKey();
    apiKeys.authenticate(key);
    apiKeys.authenticate("nonsense");
    apiKeys.authenticate(FilterContract.unknownKey());
    assertThat(apiKeys.stats().requests())
        .containsEntry("accepted", 1L)
        .containsEntry("invalid-key", 2L);
  }

  @Test
  void refusalsAreNamedForTheirProblemTypes() {
    Stream<String> urns = Arrays.stream(ProblemType.values()).map(ProblemType::urn);
    assertThat(urns.map(urn -> urn.replace("urn:latchkey:", "")))
        .containsAll(
            Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.ACCEPTED && outcome != Outcome.ANONYMOUS)
                .map(Outcome::label)
                .toList());
  }
}
