package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The span of a request tells whose key it carries. */
class OpenTelemetryTest {
  private final FakeApplication application = new FakeApplication();
  private final ApiKeys apiKeys =
      ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(application.url).build());
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private ApiKeyFilter filter;

  @BeforeEach
  void start() throws Exception {
    application.filters.put("api", Map.of());
    filter = application.started("api", new ApiKeyFilter(apiKeys));
  }

  @AfterEach
  void close() {
    apiKeys.close();
  }

  /** Runs a request in a span, as a container does that is traced; returns what was exported. */
  private List<SpanData> traced(Sampler sampler, String key) throws Exception {
    try (SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .setSampler(sampler)
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      Span span = tracers.get("container").spanBuilder("GET /api").startSpan();
      try (Scope inSpan = span.makeCurrent()) {
        FakeExchange exchange = new FakeExchange();
        exchange.header("Authorization", "Bearer " + key);
        filter.doFilter(exchange.request, exchange.response, exchange.chain);
        assertThat(inSpan).isNotNull();
      } finally {
        span.end();
      }
      return exporter.getFinishedSpanItems();
    }
  }

  private IssuedKey newKey() {
    return apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create());
  }

  @Test
  void spanOfALiveKeyHasOwnerAndTag() throws Exception {
    IssuedKey key = newKey();
    assertThat(traced(Sampler.alwaysOn(), key.secret().reveal()))
        .singleElement()
        .extracting(span -> span.getAttributes().asMap())
        .isEqualTo(
            Map.of(
                AttributeKey.stringKey("user.id"),
                "alice",
                AttributeKey.stringKey("latchkey.key.tag"),
                key.key().tag()));
  }

  @Test
  void spanOfARefusedKeyHasNothing() throws Exception {
    assertThat(traced(Sampler.alwaysOn(), FilterContract.unknownKey()))
        .singleElement()
        .extracting(SpanData::getAttributes)
        .isEqualTo(Attributes.empty());
  }

  @Test
  void requestWithoutARecordedSpanPasses() throws Exception {
    String key = newKey().secret().reveal();
    assertThat(traced(Sampler.alwaysOff(), key)).isEmpty();
    FakeExchange exchange = new FakeExchange();
    exchange.header("Authorization", "Bearer " + key);
    filter.doFilter(exchange.request, exchange.response, exchange.chain);
    assertThat(exchange.passed).isNotNull();
  }
}
