package dev.latchkey.boot.starter;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.ApiKeyService;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.RawPaths;
import dev.latchkey.test.ScopedPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * No spelling of a path gets round the rules of scopes, where Spring MVC finds controllers in its
 * own way, and Spring Security's firewall does not keep odd paths from us.
 */
class ScopesOfControllersTest {
  private static final int PATHS =
      Integer.getInteger("scope.paths", LongForm.choose(5_000, 500));

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Application {
    @GetMapping({"/api/orders", "/api/orders/**"})
    String orders() {
      return "orders";
    }

    @GetMapping({"/api/open", "/api/open/**"})
    String open() {
      return "open";
    }

    @GetMapping("/api/{name:.*[.]txt}")
    String text() {
      return "text";
    }

    @GetMapping("/api/**")
    String others() {
      return "others";
    }

    @Bean
    SecurityFilterChain nobodyIsKeptOut(HttpSecurity http) throws Exception {
      http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
      return http.build();
    }

    @Bean
    HttpFirewall none() {
      return new HttpFirewall() {
        @Override
        public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
          return new FirewalledRequest(request) {
            @Override
            public void reset() {}
          };
        }

        @Override
        public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
          return response;
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"path-pattern-parser", "ant-path-matcher"})
  void aLimitedKeyPassesWhereSpringFindsItsTarget(String strategy) throws Exception {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .run(
                "--server.port=0",
                "--logging.level.org.apache.catalina=OFF", // which tells of each odd path
                "--spring.datasource.url=jdbc:h2:mem:scopes-" + strategy,
                "--spring.flyway.enabled=false",
                "--spring.liquibase.enabled=false",
                "--spring.mvc.pathmatch.matching-strategy=" + strategy,
                "--latchkey.max-keys-per-user=2",
                "--latchkey.scopes[0]=open = Open",
                "--latchkey.scopes[1]=orders = Orders",
                "--latchkey.scope-rules[0]=* /api/orders/* = orders",
                "--latchkey.scope-rules[1]=* /api/open/* = open",
                "--latchkey.scope-rules[2]=* *.txt = orders",
                "--latchkey.scope-rules[3]=* /* = open")) {
      int port = context.getEnvironment().getRequiredProperty("local.server.port", int.class);
      ApiKeyService service = context.getBean(ApiKeys.class).service();
      try (RawPaths limited =
              new RawPaths(port, key(service, KeyRequest.create().withScopes(List.of("open"))));
          RawPaths nobody = new RawPaths(port, "");
          RawPaths all = new RawPaths(port, key(service, KeyRequest.create()))) {
        ScopedPaths.tryKey(PATHS, List.of("open", "others"), limited, all);
        ScopedPaths.tryWithoutKey(PATHS, nobody, all);
      }
    }
  }

  private static String key(ApiKeyService service, KeyRequest request) {
    return service.add(KeyOwner.of("alice"), request).secret().reveal();
  }
}
