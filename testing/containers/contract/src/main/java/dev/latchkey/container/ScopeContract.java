package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.container.TestApplication.Servlet;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.servlet.ApiKeyFilter;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.RawPaths;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.Test;

/**
 * No spelling of a path gets round the rules of scopes: a limited key passes where the container
 * finds the target that its scope is for, and nowhere else.
 */
interface ScopeContract {
  int PATHS = Integer.getInteger("scope.paths", LongForm.choose(5_000, 500));
  List<String> SEEDS =
      List.of("/api/orders/1", "/api/open/1", "/api/orders", "/api/open", "/api/a.txt", "/a.txt");

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
        int[] reached = compare(limited, all);
        assertThat(reached[0]).as("paths to its target").isGreaterThan(PATHS / 100);
        assertThat(reached[1]).as("paths to others").isGreaterThan(PATHS / 100);
        assertThat(reached[2]).as("passed").isGreaterThan(reached[0] / 2);
      }
    }
  }

  private static int[] compare(RawPaths limited, RawPaths all) throws Exception {
    Random random = new Random(20261130);
    int[] reached = new int[3];
    for (int i = 0; i < PATHS; i++) {
      String path = RawPaths.mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
      String target = all.get(path);
      String outcome = limited.get(path);
      if (target.startsWith("200 open") || target.startsWith("200 others")) {
        reached[0]++;
        if (outcome.equals(target)) {
          reached[2]++;
        } else { // such as /api/x/../open, which JAX-RS may find elsewhere
          assertThat(outcome).as(path).startsWith("403");
        }
      } else if (target.startsWith("200")) {
        reached[1]++;
        assertThat(outcome).as(path).startsWith("403");
      } else {
        assertThat(outcome).as(path).doesNotStartWith("2");
      }
    }
    return reached;
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
