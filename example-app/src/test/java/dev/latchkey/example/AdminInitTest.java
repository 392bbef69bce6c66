package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.test.caller.Client;
import jakarta.servlet.ServletException;
import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The servlet's init-params. */
class AdminInitTest {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private Client start(Map<String, String> initParams) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/shop");
    context.setInitParameter("latchkey.jdbcUrl", "jdbc:h2:mem:admin-init");
    ServletHolder servlet = new ServletHolder(new ApiKeyAdminServlet());
    servlet.setInitParameters(initParams);
    servlet.setInitOrder(0); // at start
    context.addServlet(servlet, "/api-keys/*");
    server.setHandler(context);
    server.start();
    return new Client(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/shop/"));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void anUnknownOneStopsTheStartByName() {
    assertThatThrownBy(() -> start(Map.of("loginpage", "/login")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("unknown init-param loginpage")
        .hasMessageContaining("loginPage");
  }

  @Test
  void aLoginSessionThatIsNoneStopsTheStartByName() {
    assertThatThrownBy(() -> start(Map.of("loginSession", "java.lang.String")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("loginSession");
  }

  @Test
  void aLoginPageMayBeAPathOfTheApplication() throws Exception {
    String page =
        start(Map.of("loginPage", "/login?a=1&b=\"2\""))
            .get("api-keys", "Accept", "text/html")
            .text();
    assertThat(page)
        .contains("href=\"/shop/login?a=1&amp;b=&quot;2&quot;\"")
        .contains("href=\"/shop/api-keys/api-key-page.css\"");
  }

  @Test
  void aLoginPageMayBeElsewhere() throws Exception {
    String page =
        start(Map.of("loginPage", "https://login.example/"))
            .get("api-keys", "Accept", "text/html")
            .text();
    assertThat(page).contains("href=\"https://login.example/\"");
  }

  @Test
  void withoutOneTheUserIsTold() throws Exception {
    String page = start(Map.of()).get("api-keys", "Accept", "text/html").text();
    assertThat(page).contains("Log in to manage your API key.").doesNotContain("<a");
  }
}
