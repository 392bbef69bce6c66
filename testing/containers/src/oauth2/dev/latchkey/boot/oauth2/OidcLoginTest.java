package dev.latchkey.boot.oauth2;

import static dev.latchkey.spring.LatchkeyConfigurer.latchkey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Users whom an identity provider logs in have keys by the names that it gives them. */
class OidcLoginTest {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  /** Boot makes the chain. */
  @Configuration(proxyBeanMethods = false)
  static class NoChain {}

  @Configuration(proxyBeanMethods = false)
  static class OwnChain {
    @Bean
    SecurityFilterChain all(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2Login(withDefaults())
          .with(latchkey(), withDefaults())
          .build();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {NoChain.class, OwnChain.class})
  void whoHasLoggedInThereAddsAKey(Class<?> chain) throws Exception {
    try (IdentityProvider provider = IdentityProvider.start();
        Shop shop =
            Shop.start(
                chain,
                "spring.security.oauth2.client.registration.idp.client-id="
                    + IdentityProvider.CLIENT,
                "spring.security.oauth2.client.registration.idp.client-secret="
                    + IdentityProvider.SECRET,
                "spring.security.oauth2.client.registration.idp.scope=openid",
                "spring.security.oauth2.client.provider.idp.issuer-uri=" + provider.uri())) {
      provider.redirectTo(shop.uri() + "/login/oauth2/code/idp");
      HttpClient browser = Shop.browser();
      assertThat(login(browser, shop, provider).body()).isEqualTo("I am alice");

      HttpResponse<String> added =
          Shop.post(browser, shop.uri() + "/api-keys", "{}", "application/json");
      assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
      String key = added.body().replaceAll("(?s).*\"key\":\"([^\"]*)\".*", "$1");
      HttpResponse<String> me = shop.getWithBearer("/api/me", key);
      assertThat(me.body()).isEqualTo("I am alice");
      assertThat(me.headers().map()).doesNotContainKey("set-cookie");
      assertThat(shop.get("/api/me").body()).contains("urn:latchkey:missing-key");
      assertThat(shop.get("/").statusCode()).isEqualTo(302);
    }
  }

  private static HttpResponse<String> login(
      HttpClient browser, Shop shop, IdentityProvider provider) throws Exception {
    HttpResponse<String> form =
        browser.send(
            HttpRequest.newBuilder(URI.create(shop.uri() + "/oauth2/authorization/idp"))
                .header("Accept", "text/html")
                .build(),
            BodyHandlers.ofString());
    Matcher csrf = CSRF.matcher(form.body());
    assertThat(csrf.find()).as(form.uri() + ": " + form.body()).isTrue();
    return Shop.post(
        browser,
        provider.uri() + "/login",
        "username=alice&password=alice&_csrf=" + csrf.group(1),
        "application/x-www-form-urlencoded");
  }
}
