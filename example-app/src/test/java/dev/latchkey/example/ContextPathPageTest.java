package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.caller.Chromium;
import dev.latchkey.test.caller.Visitor;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The component in an application that is not at the root of its host, as README tells. */
@ExtendWith(Chromium.class)
class ContextPathPageTest {
  private static final String PAGE =
      """
      <!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">%s
      <script type="module" src="%2$sapi-keys/api-key-menu.js"></script></head>
      <body><h1>Shop</h1><api-key-menu login-page="%2$slogin" api-url="%2$sapi/whoami"></api-key-menu>
      </body></html>
      """;

  private final Browser browser;
  private final ApiKeys apiKeys =
      ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:contextPath").build());
  private final Server server = new Server();
  private volatile Optional<String> user = Optional.of("alice");
  private volatile String html = "";

  ContextPathPageTest(Browser browser) {
    this.browser = browser;
  }

  /** The page of the test, at whatever path. */
  private final class ShopServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/html");
      response.getWriter().write(html);
    }
  }

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler shop = new ServletContextHandler("/shop");
    shop.addFilter(
        new FilterHolder(new HeaderLogin(request -> user.orElse(null))),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    shop.addServlet(new ServletHolder(new ApiKeyAdminServlet(apiKeys)), "/api-keys/*");
    shop.addServlet(new ServletHolder(new ShopServlet()), "/*");
    server.setHandler(shop);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    apiKeys.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/home,       '',                       /shop/", // with the context path
    "/shop/home,       '',                       ''", // beside the servlet
    "/shop/help/deep,  '',                       ../",
    "/shop/help/deep,  '<base href=\"/shop/\">', ''",
  })
  void allLinksWorkUnderTheContextPath(String path, String base, String prefix) {
    html = PAGE.formatted(base, prefix);
    URI page = server.getURI().resolve(path);
    try (Visitor alice = new Visitor(browser, page, Instant.now(), PageTest.english())) {
      alice.open(path);
      alice.choose("Add API key");
      alice.button("Add").click();
      String key = alice.shownKey();
      assertThat(alice.label("curl command"))
          .hasText(
              "curl -H 'Authorization: Bearer %s' '%s'"
                  .formatted(key, page.resolve("/shop/api/whoami")));
      alice.button("Close").click();
      alice.expectRefusals(401);
      user = Optional.empty();
      alice.openMenu();
      html = PAGE.formatted("", "/shop/"); // the login page, which lies elsewhere
      alice.button("Log in again").click();
      assertThat(alice.page).hasURL(page.resolve("/shop/login").toString());
    }
  }
}
