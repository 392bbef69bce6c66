package dev.latchkey.spring;

import dev.latchkey.auth.ApiKeyPrincipal;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.Transient;

/**
 * The login of Spring Security that a request with a live API key has: its owner, with the
 * authorities that the owner has now. It never gets into a session.
 *
 * <p>Tests of an application make their own.
 */
@Transient
public final class ApiKeyAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final ApiKeyPrincipal principal;

  /** Creates an authentication that is valid. */
  public ApiKeyAuthentication(
      ApiKeyPrincipal principal, Collection<? extends GrantedAuthority> authorities) {
    super(authorities);
    this.principal = principal;
    super.setAuthenticated(true);
  }

  /** Returns the owner of the key, and the key's tag. */
  @Override
  public ApiKeyPrincipal getPrincipal() {
    return principal;
  }

  /** Returns null: nobody needs the secret any more. */
  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof ApiKeyAuthentication authentication
        && principal.equals(authentication.principal);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), principal);
  }
}
