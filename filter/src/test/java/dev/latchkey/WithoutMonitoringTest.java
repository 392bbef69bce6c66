package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.servlet.ApiKeyFilter;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.WebServer;
import dev.latchkey.test.WhoAmIServlet;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** An application needs neither Micrometer nor OpenTelemetry. */
class WithoutMonitoringTest {

  /** A request with a key; runs in the class loader that it is loaded by. */
  public static final class RoundTrip implements Callable<String> {
    @Override
    public String call() throws Exception {
      ApiKeysConfig config =
          ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build();
      try (ApiKeys apiKeys = ApiKeys.open(config);
          WebServer server =
              new WebServer("/")
                  .with("/api/*", new ApiKeyFilter(apiKeys))
                  .with("/api/whoami", new WhoAmIServlet("user"), Map.of())
                  .start()) {
        String key =
            apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()).secret().reveal();
        new HttpCaller(server.uri()).get("api/whoami").bearer(key).send();
        return apiKeys.stats().requests().toString();
      }
    }
  }

  @Test
  void requestPasses() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = ClassPath.without("micrometer", "opentelemetry")) {
      for (String library :
          new String[] {
            "io.micrometer.core.instrument.MeterRegistry", "io.opentelemetry.api.trace.Span"
          }) {
        assertThatThrownBy(() -> loader.loadClass(library))
            .isInstanceOf(ClassNotFoundException.class);
      }
      Thread.currentThread().setContextClassLoader(loader);
      Object roundTrip =
          loader.loadClass(RoundTrip.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(((Callable<?>) roundTrip).call().toString()).contains("accepted=1");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
