package dev.latchkey.container;

import dev.latchkey.ApiKeys;
import dev.latchkey.container.TestApplication.Servlet;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.servlet.ApiKeyFilter;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.RawPaths;
import dev.latchkey.test.ScopedPaths;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.Test;

/**
 * No spelling of a path gets round the rules of scopes: a limited key passes where the container
 * finds the target that its scope is for, and nowhere else.
 */
interface ScopeContract {
  int PATHS = Integer.getInteger("scope.paths", LongForm.choose(5_000, 500));

  /** A container that is not started yet. */
  Container newContainer();

  @Test
  default void aLimitedKeyPassesWhereTheContainerFindsItsTarget() throws Exception {
    tryPaths(ScopeContract::servlets);
  }

  /** JAX-RS does not go by the container's mapping. */
  @Test
  default void aLimitedKeyPassesWhereJaxRsFindsItsTarget() throws Exception {
    tryPaths(
        context ->
            TestApplication.add(
                context, new ServletContainer(new JaxRsApplication()), "jax-rs", "/api/*"));
  }

  private void tryPaths(Consumer<ServletContext> api) throws Exception {
    try (Container container = newContainer()) {
      URI uri = container.start(TestApplication.ERROR_PAGE, context -> application(context, api));
      Caller caller = new Caller(uri);
      try (RawPaths limited = new RawPaths(uri.getPort(), caller.get("public/add?open").body());
          RawPaths all = new RawPaths(uri.getPort(), caller.get("public/add").body())) {
        ScopedPaths.tryKey(PATHS, List.of("open", "others"), limited, all);
      }
    }
  }

  private static void application(ServletContext context, Consumer<ServletContext> api) {
    Map<String, String> params = TestApplication.initParams();
    params.put("scopes", "open = Open\norders = Orders");
    params.put(
        "scopeRules",
        "* /api/orders/* = orders\n* /api/open/* = open\n* *.txt = orders\n* /* = open");
    params.put("excludedPaths", "/public/*");
    TestApplication.addFilter(context, "api-keys", new ApiKeyFilter(), "/*")
        .setInitParameters(params);
    api.accept(context);
    TestApplication.add(
        context,
        new Servlet(
            (q, r) -> {
              ApiKeys apiKeys = (ApiKeys) q.getServletContext().getAttribute(ApiKeys.ATTRIBUTE);
              KeyRequest wanted = KeyRequest.create();
              if ("open".equals(q.getQueryString())) {
                wanted = wanted.withScopes(List.of("open"));
              }
              r.getWriter()
                  .print(apiKeys.service().add(TestApplication.ALICE, wanted).secret().reveal());
            }),
        "add",
        "/public/add");
  }

  private static void servlets(ServletContext context) {
    TestApplication.add(context, telling("orders"), "orders", "/api/orders/*");
    TestApplication.add(context, telling("open"), "open", "/api/open/*");
    TestApplication.add(context, telling("text"), "text", "*.txt");
    TestApplication.add(context, telling("others"), "others", "/");
  }

  private static Servlet telling(String name) {
    return new Servlet(
        (q, r) -> {
          r.setContentLength(name.length());
          r.getWriter().print(name);
        });
  }
}
