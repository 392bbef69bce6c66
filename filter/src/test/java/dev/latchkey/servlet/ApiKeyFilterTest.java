package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ApiKeys;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What containers are not asked for: they run in the container tests. */
class ApiKeyFilterTest {
  private final FakeApplication application = new FakeApplication();
  private final FakeExchange exchange = new FakeExchange();
  private ApiKeyFilter filter;

  @BeforeEach
  void start() throws Exception {
    application.filters.put("api", Map.of("jdbcUrl", application.url, "roles", "user"));
    filter = application.started("api");
  }

  @AfterEach
  void end() {
    filter.destroy();
    assertThat(application.attributes).isEmpty();
  }

  private String newKey() {
    return ((ApiKeys) application.attributes.get(ApiKeys.ATTRIBUTE))
        .service()
        .add(KeyOwner.of("alice"), KeyRequest.create())
        .secret()
        .reveal();
  }

  private void run(FakeExchange exchange) throws Exception {
    filter.doFilter(exchange.request, exchange.response, exchange.chain);
  }

  @Test
  void ownerAndTagAreAttributesOfTheRequest() throws Exception {
    exchange.header("X-API-Key", newKey());
    run(exchange);
    assertThat(exchange.passed).isNotNull();
    assertThat(exchange.attributes)
        .containsEntry("dev.latchkey.owner", "alice")
        .containsKey("dev.latchkey.tag");
  }

  @Test
  void roleNullIsNobodys() throws Exception {
    exchange.header("X-API-Key", newKey());
    run(exchange);
    assertThat(exchange.passed.isUserInRole("user")).isTrue();
    assertThat(exchange.passed.isUserInRole(null)).isFalse();
  }

  @Test
  void requestWithoutKeyIsRefusedWhileTheFilterIsDestroyed() throws Exception {
    exchange.whileRunning = filter::destroy;
    run(exchange);
    assertThat(exchange.status).isEqualTo(401);
    assertThat(exchange.body()).contains("missing-key");
  }

  @Test
  void cachedKeyPassesWhileTheFilterIsDestroyed() throws Exception {
    FakeExchange before = new FakeExchange();
    String key = newKey();
    before.header("X-API-Key", key);
    run(before);
    exchange.header("X-API-Key", key);
    exchange.whileRunning = filter::destroy;
    run(exchange);
    assertThat(exchange.passed).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherKeysGet503WhileTheFilterIsDestroyed(boolean destroyedBefore) throws Exception {
    exchange.header(
        "Authorization",
        "Bearer " + new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal());
    if (destroyedBefore) {
      filter.destroy();
    } else {
      exchange.whileRunning = filter::destroy;
    }
    run(exchange);
    assertThat(exchange.status).isEqualTo(503);
    assertThat(exchange.answered).containsKey("Retry-After");
    assertThat(exchange.body())
        .contains("urn:latchkey:store-unavailable", "API keys are not available right now");
  }

  @Test
  void filterWithoutInitSaysSo() {
    ApiKeyFilter another = new ApiKeyFilter();
    assertThatThrownBy(() -> another.doFilter(exchange.request, exchange.response, exchange.chain))
        .hasMessageContaining("init");
  }

  @Test
  void refusalGoesThroughTheWriterIfThatIsTaken() throws Exception {
    exchange.writerTaken = true;
    run(exchange);
    assertThat(exchange.status).isEqualTo(401);
    assertThat(exchange.writer.toString()).startsWith("{\"type\":\"urn:latchkey:missing-key\"");
    assertThat(exchange.answered).doesNotContainKey("Content-Length");
  }

  @Test
  void committedAnswerStaysAsItIs() throws Exception {
    exchange.committed = true;
    run(exchange);
    assertThat(exchange.passed).isNull();
    assertThat(exchange.body()).isEmpty();
  }
}
