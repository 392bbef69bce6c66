package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.caller.Chromium;
import dev.latchkey.test.caller.Visitor;
import jakarta.servlet.DispatcherType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a servlet that has an application to itself, at the root of a host or below. */
@ExtendWith(Chromium.class)
class RootMountPageTest {
  private final Browser browser;

  RootMountPageTest(Browser browser) {
    this.browser = browser;
  }

  private static Server serving(ApiKeys apiKeys, String context) {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler application = new ServletContextHandler(context);
    application.addFilter(
        new FilterHolder(new HeaderLogin(request -> "alice")),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    ServletHolder servlet = new ServletHolder(new ApiKeyAdminServlet(apiKeys));
    servlet.setInitParameter("administratorRole", "admin");
    application.addServlet(servlet, "/*");
    server.setHandler(application);
    return server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/keys"})
  void pagesFindTheServletAndEachOther(String context) throws Exception {
    try (ApiKeys apiKeys =
        ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:rootMount").build())) {
      Server server = serving(apiKeys, context);
      server.start();
      Browser.NewContextOptions options =
          PageTest.english().setExtraHTTPHeaders(Map.of(HeaderLogin.ROLES, "admin"));
      String root = server.getURI().resolve(context.equals("/") ? "/" : context + "/").toString();
      try (Visitor alice = new Visitor(browser, server.getURI(), Instant.now(), options)) {
        alice.open(root);
        alice.openMenu();
        alice.page.locator("api-key-menu").getByText("Add API key").click();
        alice.button("Add").click();
        assertThat(alice.shownKey()).startsWith("lk_");
        alice.button("Copy to clipboard").click();
        alice.button("Close").click();
        assertThat(alice.page.locator("api-key-list")).containsText("lk_…");

        alice.open(root + "admin");
        assertThat(alice.page.locator("api-key-administration")).containsText("lk_…");
        alice.page.locator("header a").click();
        assertThat(alice.page).hasURL(root);
        assertThat(alice.page.locator("api-key-list")).containsText("lk_…");
      } finally {
        server.stop();
      }
    }
  }
}
