package dev.latchkey.spring;

import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/**
 * Takes API keys into a chain of Spring Security, by one line:
 *
 * <pre>{@code
 * http.with(latchkey(), withDefaults());
 * }</pre>
 *
 * <p>In such a chain, a request with a live key has an {@link ApiKeyAuthentication}, to which the
 * chain's rules apply as to any login; it needs no CSRF token and makes no session. What the
 * servlet has for everybody (its script, its styles, revoking a key that one holds) passes without
 * a login, and the servlet guards itself against requests of other sites in place of CSRF tokens.
 * All else is as the chain says. Where {@code latchkey.enabled=false}, the line does nothing.
 */
public final class LatchkeyConfigurer
    extends AbstractHttpConfigurer<LatchkeyConfigurer, HttpSecurity> {
  private LatchkeyConfigurer() {}

  /** Returns what a chain takes in. */
  public static LatchkeyConfigurer latchkey() {
    return new LatchkeyConfigurer();
  }

  @Override
  @SuppressWarnings("unchecked") // the type of a chain's own configurers
  public void init(HttpSecurity http) {
    http.getSharedObject(ApplicationContext.class)
        .getBeanProvider(SecurityRules.class)
        .ifAvailable(
            rules -> {
              CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
              if (csrf != null) {
                csrf.ignoringRequestMatchers(rules::needsNoCsrfToken);
              }
              AuthorizeHttpRequestsConfigurer<HttpSecurity> authorize =
                  http.getConfigurer(AuthorizeHttpRequestsConfigurer.class);
              if (authorize != null) {
                authorize.addObjectPostProcessor(new OpenPathsPermitted(rules));
              }
              LogoutConfigurer<HttpSecurity> logout = http.getConfigurer(LogoutConfigurer.class);
              if (logout != null) {
                logout.addLogoutHandler(
                    (request, response, authentication) -> Admitted.forget(request));
              }
            });
  }

  @Override
  public void configure(HttpSecurity http) {
    http.addFilterBefore(new HidingFilter(), DisableEncodeUrlFilter.class);
    http.addFilterBefore(
        new KeyAuthenticationFilter(
            getSecurityContextHolderStrategy(),
            () -> http.getSharedObject(ApplicationContext.class).getBean(Authorities.class)),
        ExceptionTranslationFilter.class);
  }
}
