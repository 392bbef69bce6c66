package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Tomcat of docs/embed.md. */
class EmbeddedTomcatTest {
  private static void mount(Tomcat tomcat, ApiKeys apiKeys) {
    // docs/embed.md begins
    Context context = tomcat.addContext("", null);
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
        },
        Set.of());
    // docs/embed.md ends
    Tomcat.addServlet(context, "default", new ProbeServlet()).addMapping("/");
  }

  @Test
  void codeOfThePageRuns(@TempDir Path folder) throws Exception {
    assertThat(EmbedPage.code("Tomcat")).isEqualTo(EmbedPage.codeOf("EmbeddedTomcatTest"));
    ApiKeys apiKeys =
        ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build());
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    mount(tomcat, apiKeys);
    tomcat.start();
    EmbedPage.assertServes(
        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/"));
    tomcat.stop();
    tomcat.destroy();
    assertThat(apiKeys.authenticate(EmbedPage.unknownKey()).status())
        .as("of what is closed")
        .isEqualTo(AuthResult.Status.UNAVAILABLE);
  }
}
