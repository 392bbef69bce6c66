package dev.latchkey.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.Authentication;

/**
 * Puts one rule before those of a chain: what is open passes. All others stay as they are, and
 * where they are.
 */
final class OpenPathsPermitted
    implements ObjectPostProcessor<AuthorizationManager<HttpServletRequest>> {
  private static final AuthorizationDecision GRANTED = new AuthorizationDecision(true);

  private final SecurityRules rules;

  OpenPathsPermitted(SecurityRules rules) {
    this.rules = rules;
  }

  @Override
  @SuppressWarnings("unchecked") // the configurer's own manager is what it says
  public <O extends AuthorizationManager<HttpServletRequest>> O postProcess(O manager) {
    return (O) new Manager(rules, manager);
  }

  /** Has the method of Spring Security 6, which is deprecated there, and that of 7. */
  @SuppressWarnings("deprecation")
  private record Manager(SecurityRules rules, AuthorizationManager<HttpServletRequest> others)
      implements AuthorizationManager<HttpServletRequest> {
    @Override
    public AuthorizationDecision check(
        Supplier<Authentication> authentication, HttpServletRequest request) {
      return rules.isOpen(request) ? GRANTED : others.check(authentication, request);
    }

    @Override
    public AuthorizationResult authorize(
        Supplier<Authentication> authentication, HttpServletRequest request) {
      return rules.isOpen(request) ? GRANTED : others.authorize(authentication, request);
    }
  }
}
