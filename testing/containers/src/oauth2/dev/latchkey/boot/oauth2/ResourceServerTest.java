package dev.latchkey.boot.oauth2;

import static dev.latchkey.spring.LatchkeyConfigurer.latchkey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Keys below {@code /api/}, and the tokens of an identity provider everywhere else. */
class ResourceServerTest {
  private static IdentityProvider provider;
  private static Shop shop;
  private static String token;
  private static String key;

  @Configuration(proxyBeanMethods = false)
  static class Chain {
    @Bean
    SecurityFilterChain all(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(withDefaults()))
          .with(latchkey(), withDefaults())
          .build();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    provider = IdentityProvider.start();
    shop = startShop();
    token = provider.token();
    key = shop.keyOf("alice");
  }

  private static Shop startShop(String... properties) {
    String[] all = new String[properties.length + 1];
    System.arraycopy(properties, 0, all, 1, properties.length);
    all[0] = "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + provider.uri();
    return Shop.start(Chain.class, all);
  }

  @AfterAll
  static void stop() {
    shop.close();
    provider.close();
  }

  private static String challenge(HttpResponse<String> answer) {
    return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
  }

  @Test
  void eachCountsOnItsOwnPaths() throws Exception {
    assertThat(shop.getWithBearer("/api/me", key).body()).isEqualTo("I am alice");
    assertThat(shop.get("/api/me", "X-API-Key", key).body()).isEqualTo("I am alice");
    assertThat(shop.getWithBearer("/jwt/me", token).body()).isEqualTo("I am shop");
  }

  @Test
  void aTokenOnAPathOfKeysIsABadKey() throws Exception {
    HttpResponse<String> answer = shop.getWithBearer("/api/me", token);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("urn:latchkey:invalid-key");
    assertThat(challenge(answer)).contains("realm=\"API\"", "error=\"invalid_token\"");
  }

  @Test
  void aKeyOnAPathOfTokensIsABadToken() throws Exception {
    HttpResponse<String> answer = shop.getWithBearer("/jwt/me", key);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).startsWith("Bearer ").contains("invalid_token");
    assertThat(answer.body()).doesNotContain("urn:latchkey:");
    assertThat(challenge(answer)).doesNotContain(key);
    assertThat(shop.get("/jwt/me", "X-API-Key", key).statusCode()).isEqualTo(401);
  }

  @Test
  void aKeyBesideATokenIsTwoKeys() throws Exception {
    HttpResponse<String> answer =
        shop.get("/api/me", "X-API-Key", key, "Authorization", "Bearer " + token);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("urn:latchkey:malformed-credentials");
  }

  /** A bad key is rejected there too, and a token is one. */
  @Test
  void optionalCredentialsDoNotLetTokensPass() throws Exception {
    try (Shop optional = startShop("latchkey.credentials=optional")) {
      assertThat(optional.getWithBearer("/api/me", token).body())
          .contains("urn:latchkey:invalid-key");
      HttpResponse<String> nobody = optional.get("/api/me");
      assertThat(nobody.statusCode()).isEqualTo(401);
      assertThat(nobody.body()).doesNotContain("urn:latchkey:");
      assertThat(optional.getWithBearer("/api/me", optional.keyOf("alice")).body())
          .isEqualTo("I am alice");
    }
  }
}
