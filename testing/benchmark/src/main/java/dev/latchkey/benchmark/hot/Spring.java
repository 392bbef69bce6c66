package dev.latchkey.benchmark.hot;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.latchkey.benchmark.Keys;
import dev.latchkey.manage.KeySecret;
import jakarta.servlet.Filter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** Spring Security as a resource server without sessions, with the filters of its defaults. */
final class Spring {
  private static final int MAXIMUM_SIZE = 100_000;
  private static final Duration CACHED = Duration.ofMinutes(5);
  private static final int SIGNED = 1_000;
  private static final int RSA_BITS = 2_048;
  private static final Duration VALIDITY = Duration.ofDays(1);

  private Spring() {}

  /** Opaque tokens; the introspector caches by the token: Spring Security caches nothing itself. */
  static Subject opaque(List<KeySecret> keys) {
    Function<String, Optional<String>> owners = Tokens.owners(keys);
    LoadingCache<String, OAuth2AuthenticatedPrincipal> principals =
        Caffeine.newBuilder()
            .maximumSize(MAXIMUM_SIZE)
            .expireAfterWrite(CACHED)
            .build(token -> owners.apply(token).map(Spring::principal).orElse(null));
    OpaqueTokenIntrospector introspector =
        token -> {
          @Nullable OAuth2AuthenticatedPrincipal principal = principals.get(token);
          if (principal == null) {
            throw new BadOpaqueTokenException("nobody has this key");
          }
          return principal;
        };
    return open(
        Keys.texts(keys), server -> server.opaqueToken(token -> token.introspector(introspector)));
  }

  private static OAuth2AuthenticatedPrincipal principal(String owner) {
    return new DefaultOAuth2AuthenticatedPrincipal(
        owner, Map.of("sub", owner), AuthorityUtils.createAuthorityList("SCOPE_api"));
  }

  /**
   * JWTs, signed with RS256 and verified by a public key that is here. Nothing is cached, so their
   * number does not matter: a thousand stand for any more, since to sign 100 000 takes minutes.
   */
  static Subject jwt(List<KeySecret> keys) {
    KeyPair pair = rsa();
    RSAPublicKey verifying = (RSAPublicKey) pair.getPublic();
    JwtEncoder encoder =
        NimbusJwtEncoder.withKeyPair(verifying, (RSAPrivateKey) pair.getPrivate()).build();
    List<String> tokens =
        IntStream.range(0, Math.min(keys.size(), SIGNED))
            .mapToObj(i -> sign(encoder, "owner-" + i))
            .toList();
    JwtDecoder decoder = NimbusJwtDecoder.withPublicKey(verifying).build();
    return open(tokens, server -> server.jwt(jwt -> jwt.decoder(decoder)));
  }

  private static String sign(JwtEncoder encoder, String owner) {
    Instant now = Instant.now();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .subject(owner)
            .claim("scope", "api")
            .issuedAt(now)
            .expiresAt(now.plus(VALIDITY))
            .build();
    return encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  private static Subject open(
      List<String> tokens, Customizer<OAuth2ResourceServerConfigurer<HttpSecurity>> server) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(Server.class, () -> new Server(server));
    context.register(Security.class);
    context.refresh();
    Filter filter = context.getBean("springSecurityFilterChain", Filter.class);
    return new Subject(filter, Keys.bearer(tokens), context::close);
  }

  private record Server(Customizer<OAuth2ResourceServerConfigurer<HttpSecurity>> settings) {}

  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class Security {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, Server server) throws Exception {
      return http.csrf(AbstractHttpConfigurer::disable)
          .sessionManagement(
              session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server.settings())
          .build();
    }
  }
}
