package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.servlet.ApiKeyFilter;
import dev.latchkey.test.caller.Client;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** What README.md shows as code. */
class InCodeTest {
  private final AtomicReference<ApiKeys> opened = new AtomicReference<>();

  private void mount(ServletContext servletContext, DataSource dataSource) {
    // README begins
    ApiKeys apiKeys = ApiKeys.open(ApiKeysConfig.builder().dataSource(dataSource).build());
    new ApiKeyFilter(apiKeys).register(servletContext, "api-keys", "/api/*");
    servletContext
        .addServlet("own-api-key", new ApiKeyAdminServlet(apiKeys))
        .addMapping("/api-keys/*");
    // when the application stops: apiKeys.close()
    // README ends
    opened.set(apiKeys);
  }

  @Test
  void protectsAnApi() throws Exception {
    org.h2.jdbcx.JdbcDataSource dataSource = new org.h2.jdbcx.JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:in-code;DB_CLOSE_DELAY=-1");
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServletContainerInitializer(
        (classes, servletContext) -> mount(servletContext, dataSource));
    context.addServlet(new ServletHolder(new HealthServlet(() -> true)), "/api/health");
    server.setHandler(context);
    server.start();
    try {
      Client client = new Client(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/"));
      assertThat(client.get("api/health").get("type")).isEqualTo("urn:latchkey:missing-key");
      assertThat(client.get("api-keys").get("type")).isEqualTo("urn:latchkey:not-logged-in");
    } finally {
      server.stop();
      opened.get().close();
    }
  }
}
