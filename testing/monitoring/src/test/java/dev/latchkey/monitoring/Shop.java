package dev.latchkey.monitoring;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.micrometer.ApiKeysMetrics;
import dev.latchkey.servlet.ApiKeyFilter;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.WebServer;
import dev.latchkey.test.WhoAmIServlet;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** An application with an API and a page for Prometheus. */
final class Shop implements AutoCloseable {
  private final ApiKeys apiKeys;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WebServer server;

  Shop(ApiKeysConfig config) throws Exception {
    apiKeys = ApiKeys.open(config);
    new ApiKeysMetrics(apiKeys).bindTo(registry);
    server =
        new WebServer("/")
            .with("/api/*", new ApiKeyFilter(apiKeys))
            .with("/api/whoami", new WhoAmIServlet("user"), Map.of())
            .with("/metrics", new Scrape(registry), Map.of())
            .start();
  }

  private static final class Scrape extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient PrometheusMeterRegistry registry;

    Scrape(PrometheusMeterRegistry registry) {
      this.registry = registry;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain; version=0.0.4; charset=utf-8");
      response.getWriter().print(registry.scrape());
    }
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  String newKey(String owner) {
    return apiKeys.service().add(KeyOwner.of(owner), KeyRequest.create()).secret().reveal();
  }

  HttpCaller caller() {
    return new HttpCaller(server.uri());
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    apiKeys.close();
  }
}
