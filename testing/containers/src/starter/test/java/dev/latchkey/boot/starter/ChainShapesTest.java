package dev.latchkey.boot.starter;

import static dev.latchkey.boot.starter.BooksContract.assertIsOurs;
import static dev.latchkey.spring.LatchkeyConfigurer.latchkey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.latchkey.boot.starter.Browser.Key;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;

/** The shapes that chains of an application have; each takes keys in by one line. */
class ChainShapesTest {
  @Configuration(proxyBeanMethods = false)
  static class OneForAll {
    @Bean
    SecurityFilterChain all(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers("/api/admin/**")
                      .hasRole("ADMIN")
                      .anyRequest()
                      .authenticated())
          .formLogin(withDefaults())
          .with(latchkey(), withDefaults())
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ApiAndSite {
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http) throws Exception {
      return http.securityMatcher("/api/**")
          .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("USER"))
          .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .csrf(csrf -> csrf.disable())
          .with(latchkey(), withDefaults())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain site(HttpSecurity http) throws Exception {
      return http.with(latchkey(), withDefaults())
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(withDefaults())
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AdminRule {
    @Bean
    @Order(1)
    SecurityFilterChain admin(HttpSecurity http) throws Exception {
      return http.securityMatcher("/api/admin/**")
          .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("ADMIN"))
          .with(latchkey(), withDefaults())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain others(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(withDefaults())
          .sessionManagement(s -> s.maximumSessions(1))
          .with(latchkey(), withDefaults())
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WithoutTheLine {
    @Bean
    SecurityFilterChain all(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(withDefaults())
          .build();
    }
  }

  private static void assertKeysAndLoginsWork(Books books, int chains) throws Exception {
    assertThat(books.context().getBean(FilterChainProxy.class).getFilterChains()).hasSize(chains);

    assertIsOurs(books.browser().get("/api/me"), 401, "missing-key");
    assertIsOurs(books.browser().get("/api/me", new Key("lk_none")), 401, "invalid-key");
    HttpResponse<String> toLogin = books.browser().get("/", "Accept", "text/html");
    assertThat(toLogin.statusCode()).isEqualTo(302);
    assertThat(toLogin.headers().firstValue("Location").orElseThrow()).endsWith("/login");
    assertThat(books.browser().get("/api-keys/api-key-menu.js").statusCode()).isEqualTo(200);

    Browser alice = books.browser().login("alice");
    assertThat(alice.send("POST", "/cart", "").statusCode()).isEqualTo(403);
    Key key = Browser.key(alice.addKey());
    HttpResponse<String> me = books.browser().get("/api/me", key);
    assertThat(me.body()).contains("\"alice\"", "[\"ROLE_USER\",\"SCOPE_read\"]");
    assertThat(me.headers().map()).doesNotContainKey("set-cookie");
    assertThat(books.browser().get("/api/slow", key).body()).isEqualTo("alice");
    assertThat(books.browser().post("/api/books", key, "{\"title\":\"Emma\"}").statusCode())
        .isEqualTo(201);
    assertThat(books.browser().get("/api/admin/accounts", key).statusCode())
        .isEqualTo(
            Arrays.asList(books.context().getBeanDefinitionNames()).contains("api") ? 200 : 403);
    assertThat(books.browser().get("/api/stock", key).statusCode()).isEqualTo(403);
    Key bobs = Browser.key(books.browser().login("bob").addKey());
    assertThat(books.browser().get("/api/admin/accounts", bobs).statusCode()).isEqualTo(200);
    assertThat(books.browser().get("/api/stock", bobs).statusCode()).isEqualTo(200);
  }

  @Test
  void oneForAll() throws Exception {
    try (Books books = Books.start(OneForAll.class)) {
      assertKeysAndLoginsWork(books, 1);
    }
  }

  @Test
  void oneForTheApiAndOneForTheSite() throws Exception {
    try (Books books = Books.start(ApiAndSite.class)) {
      assertKeysAndLoginsWork(books, 2);
    }
  }

  @Test
  void oneWithARuleOfItsOwnForAdministrators() throws Exception {
    try (Books books = Books.start(AdminRule.class)) {
      assertKeysAndLoginsWork(books, 2);
    }
  }

  /** Fails closed: a chain that does not take keys in knows of none. */
  @Test
  void aChainWithoutTheLineIsAsItWas() throws Exception {
    try (Books books = Books.start(WithoutTheLine.class)) {
      Key key = new Key(books.keyOf("alice"));
      assertThat(books.browser().get("/api/me", key).statusCode()).isEqualTo(302);
      assertThat(books.browser().get("/api-keys/api-key-menu.js").statusCode()).isEqualTo(302);
      assertThat(books.browser().login("alice").addKey().statusCode()).isEqualTo(403);
    }
  }

  /** The line stays in the application's code when Latchkey is switched off. */
  @Test
  void theLineDoesNothingWhereLatchkeyIsOff() throws Exception {
    try (Books books = Books.start(OneForAll.class, "latchkey.enabled=false")) {
      Browser alice = books.browser().login("alice");
      assertThat(alice.get("/api/me").body()).contains("\"alice\"");
      assertThat(alice.get("/api-keys").statusCode()).isEqualTo(404);
      assertThat(books.browser().get("/api/me").statusCode()).isEqualTo(302);
    }
  }
}
