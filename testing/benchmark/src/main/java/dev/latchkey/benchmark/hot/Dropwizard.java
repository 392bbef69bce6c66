package dev.latchkey.benchmark.hot;

import com.codahale.metrics.MetricRegistry;
import com.github.benmanes.caffeine.cache.CaffeineSpec;
import dev.latchkey.manage.KeySecret;
import io.dropwizard.auth.AuthenticationException;
import io.dropwizard.auth.Authenticator;
import io.dropwizard.auth.CachingAuthenticator;
import io.dropwizard.auth.PrincipalImpl;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Dropwizard's caching authenticator with the cache policy of its manual, alone: the filter of
 * Jersey that an application has around it would be measured with Jersey.
 */
final class Dropwizard {
  private static final CaffeineSpec POLICY =
      CaffeineSpec.parse("maximumSize=100000, expireAfterAccess=10m");

  private Dropwizard() {}

  static Subject open(List<KeySecret> keys) {
    Function<String, Optional<String>> owners = Tokens.owners(keys);
    Authenticator<String, PrincipalImpl> authenticator =
        new CachingAuthenticator<>(
            new MetricRegistry(), token -> owners.apply(token).map(PrincipalImpl::new), POLICY);
    return new Subject(filter(authenticator), keys);
  }

  private static Filter filter(Authenticator<String, PrincipalImpl> authenticator) {
    return (request, response, chain) -> {
      try {
        if (authenticator.authenticate(Tokens.of((HttpServletRequest) request)).isEmpty()) {
          ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
          chain.doFilter(request, response);
        }
      } catch (AuthenticationException e) {
        throw new ServletException(e);
      }
    };
  }
}
