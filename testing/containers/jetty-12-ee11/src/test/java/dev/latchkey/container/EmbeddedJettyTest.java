package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/** The Jetty of docs/embed.md. */
class EmbeddedJettyTest {
  private static Server server(InetSocketAddress address, ApiKeys apiKeys) {
    // docs/embed.md begins
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.addServletContainerInitializer(
        (classes, servletContext) -> {
          new ApiKeyFilter(apiKeys).register(servletContext, "api-keys", "/api/*");
          servletContext
              .addServlet("own-api-key", new ApiKeyAdminServlet(apiKeys))
              .addMapping("/api-keys/*");
          servletContext.addListener(
              new ServletContextListener() {
                @Override
                public void contextDestroyed(ServletContextEvent event) {
                  apiKeys.close();
                }
              });
        });
    Server server = new Server(address);
    server.setHandler(context);
    // docs/embed.md ends
    return server;
  }

  @Test
  void codeOfThePageRuns() throws Exception {
    assertThat(EmbedPage.code("Jetty")).isEqualTo(EmbedPage.codeOf("EmbeddedJettyTest"));
    ApiKeys apiKeys =
        ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build());
    Server server = server(new InetSocketAddress("127.0.0.1", 0), apiKeys);
    server.start();
    EmbedPage.assertServes(URI.create(server.getURI().resolve("/").toString()));
    server.stop();
    assertThat(apiKeys.authenticate(EmbedPage.unknownKey()).status())
        .as("of what is closed")
        .isEqualTo(AuthResult.Status.UNAVAILABLE);
  }
}
