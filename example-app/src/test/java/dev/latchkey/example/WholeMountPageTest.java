package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.caller.Chromium;
import dev.latchkey.test.caller.Visitor;
import jakarta.servlet.DispatcherType;
import java.net.URI;
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

/** An application that is nothing but the servlet: containers redirect /keys to /keys/. */
@ExtendWith(Chromium.class)
class WholeMountPageTest {
  private final Browser browser;

  WholeMountPageTest(Browser browser) {
    this.browser = browser;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/keys"})
  void pagesWorkAndLeadToEachOther(String context) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    try (ApiKeys apiKeys =
        ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:wholeMount").build())) {
      ServletContextHandler keys = new ServletContextHandler(context);
      keys.addFilter(new FilterHolder(new HeaderLogin()), "/*", EnumSet.of(DispatcherType.REQUEST));
      ServletHolder servlet = new ServletHolder(new ApiKeyAdminServlet(apiKeys));
      servlet.setInitParameter("administratorRole", "administrator");
      keys.addServlet(servlet, "/*");
      server.setHandler(keys);
      server.start();
      walk(server.getURI().resolve(context.equals("/") ? "/" : context + "/"));
    } finally {
      server.stop();
    }
  }

  private void walk(URI mount) {
    Browser.NewContextOptions options =
        PageTest.english()
            .setExtraHTTPHeaders(
                Map.of(HeaderLogin.HEADER, "alice", HeaderLogin.ROLES, "administrator"));
    try (Visitor alice = new Visitor(browser, mount, Instant.now(), options)) {
      alice.open("");
      AdministrationPage.press(alice.page.getByRole(AriaRole.MAIN), "Add API key");
      alice.label("Description (optional)").fill("nightly export");
      alice.button("Add").click();
      alice.shownKey();
      alice.button("Close").click();
      alice.openMenu();
      assertThat(alice.button("View my API key details")).isVisible();
      alice.open("admin");
      assertThat(alice.page.locator("tr[data-tag]")).containsText("nightly export");
      alice
          .page
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My API keys"))
          .click();
      assertThat(alice.page).hasURL(mount.toString());
      assertThat(alice.page.getByText("nightly export").first()).isVisible();
    }
  }
}
