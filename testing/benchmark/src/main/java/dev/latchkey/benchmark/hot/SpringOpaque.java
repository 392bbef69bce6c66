package dev.latchkey.benchmark.hot;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.latchkey.benchmark.Keys;
import dev.latchkey.key.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring Security with opaque tokens and an introspector of one's own, which caches what it found,
 * by the token: Spring Security caches nothing itself.
 */
final class SpringOpaque {
  private static final int MAXIMUM_SIZE = 100_000;
  private static final Duration CACHED = Duration.ofMinutes(5);

  private SpringOpaque() {}

  static Subject open(List<ApiKey> keys) {
    Function<String, Optional<String>> owners = Tokens.owners(keys);
    LoadingCache<String, OAuth2AuthenticatedPrincipal> principals =
        Caffeine.newBuilder()
            .maximumSize(MAXIMUM_SIZE)
            .expireAfterWrite(CACHED)
            .build(token -> owners.apply(token).map(SpringOpaque::principal).orElse(null));
    OpaqueTokenIntrospector introspector =
        token -> {
          @Nullable OAuth2AuthenticatedPrincipal principal = principals.get(token);
          if (principal == null) {
            throw new BadOpaqueTokenException("nobody has this key");
          }
          return principal;
        };
    return Spring.open(
        Security.class, OpaqueTokenIntrospector.class, introspector, Keys.bearer(Keys.texts(keys)));
  }

  private static OAuth2AuthenticatedPrincipal principal(String owner) {
    return new DefaultOAuth2AuthenticatedPrincipal(
        owner, Map.of("sub", owner), AuthorityUtils.createAuthorityList("SCOPE_api"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class Security {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return Spring.chain(http, server -> server.opaqueToken(Customizer.withDefaults()));
    }
  }
}
