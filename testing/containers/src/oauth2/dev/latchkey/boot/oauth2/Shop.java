package dev.latchkey.boot.oauth2;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application whose users an identity provider knows, running in this JVM. */
final class Shop implements AutoCloseable {
  private static final String PROVIDERS_KEYS =
      "security.oauth2.server.servlet.OAuth2AuthorizationServerJwtAutoConfiguration";

  private final ConfigurableApplicationContext context;

  private Shop(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class Application {
    @GetMapping({"/", "/api/me", "/jwt/me"})
    String me(Principal principal) {
      return "I am " + principal.getName();
    }
  }

  static Shop start(Class<?> more, String... properties) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                // Which would make keys of its own, to check tokens by.
                "--spring.autoconfigure.exclude=org.springframework.boot.autoconfigure."
                    + PROVIDERS_KEYS
                    + ",org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration",
                "--latchkey.jdbc-url=jdbc:h2:mem:" + UUID.randomUUID()));
    Stream.of(properties).map(property -> "--" + property).forEach(arguments::add);
    return new Shop(
        new SpringApplication(Application.class, more).run(arguments.toArray(String[]::new)));
  }

  String uri() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** Adds a key in code. */
  String keyOf(String owner) {
    ApiKeys apiKeys = context.getBean(ApiKeys.class);
    return apiKeys.service().add(KeyOwner.of(owner), KeyRequest.create()).secret().reveal();
  }

  /** Follows redirects, and keeps cookies. */
  static HttpClient browser() {
    return HttpClient.newBuilder()
        .cookieHandler(new CookieManager())
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> getWithBearer(String path, String token) throws Exception {
    return get(path, "Authorization", "Bearer " + token);
  }

  static HttpResponse<String> post(HttpClient browser, String uri, String body, String type)
      throws Exception {
    return browser.send(
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", type)
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    context.close();
  }
}
