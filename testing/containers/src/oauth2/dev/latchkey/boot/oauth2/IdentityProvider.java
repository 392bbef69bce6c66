package dev.latchkey.boot.oauth2;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** Logs alice in, and gives out tokens: a server of its own in this JVM. */
final class IdentityProvider implements AutoCloseable {
  static final String CLIENT = "shop";
  static final String SECRET = "secret";

  private final ConfigurableApplicationContext context;

  private IdentityProvider(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    InMemoryRegisteredClientRepository clients() {
      return new InMemoryRegisteredClientRepository(client("http://127.0.0.1/unknown-yet"));
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("alice").password("{noop}alice").roles("USER").build());
    }
  }

  private static RegisteredClient client(String redirectUri) {
    return RegisteredClient.withId(CLIENT)
        .clientId(CLIENT)
        .clientSecret("{noop}" + SECRET)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .redirectUri(redirectUri)
        .scope(OidcScopes.OPENID)
        .clientSettings(ClientSettings.builder().requireProofKey(false).build())
        .build();
  }

  static IdentityProvider start() {
    return new IdentityProvider(
        SpringApplication.run(
            Application.class,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--server.servlet.session.cookie.name=PROVIDER", // cookies know no ports
            "--spring.main.banner-mode=off",
            "--latchkey.enabled=false"));
  }

  String uri() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** Lets logins go back to an application, whose port is known only now. */
  void redirectTo(String uri) {
    context.getBean(InMemoryRegisteredClientRepository.class).save(client(uri));
  }

  /** Returns a token of the client's own, a JWT. */
  String token() throws Exception {
    String account =
        Base64.getEncoder()
            .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.US_ASCII));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(uri() + "/oauth2/token"))
                .header("Authorization", "Basic " + account)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build(),
            BodyHandlers.ofString())
        .body()
        .replaceAll("(?s).*\"access_token\":\"([^\"]*)\".*", "$1");
  }

  @Override
  public void close() {
    context.close();
  }
}
