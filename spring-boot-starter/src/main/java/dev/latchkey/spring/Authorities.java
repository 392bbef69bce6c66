package dev.latchkey.spring;

import dev.latchkey.FilterSettings;
import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.internal.scope.Scopes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Makes Spring Security's authorities of an owner's roles, and of what the key may do. An authority
 * {@code SCOPE_…} stands for a scope alone: no role widens a key.
 *
 * @param asTheyAre whether the roles are authorities already, being those of a user of Spring
 *     Security; others are prefixed
 * @param filter tells everybody's roles; asked when a key comes, since it may be made after the
 *     chains
 * @param scopes tells the scopes of a key; asked likewise
 */
record Authorities(boolean asTheyAre, Supplier<FilterSettings> filter, Supplier<Scopes> scopes) {
  private static final String ROLE = "ROLE_";
  private static final String SCOPE = "SCOPE_";

  List<GrantedAuthority> of(ApiKeyPrincipal principal) {
    Set<String> authorities = new LinkedHashSet<>();
    for (String role : principal.roles()) {
      authorities.add(asTheyAre ? role : prefixed(role));
    }
    for (String role : filter.get().roles()) {
      authorities.add(prefixed(role));
    }
    authorities.removeIf(authority -> authority.startsWith(SCOPE));
    Scopes declared = scopes.get();
    for (String scope : declared.names()) {
      if (declared.has(principal, scope)) {
        authorities.add(SCOPE + scope);
      }
    }
    return AuthorityUtils.createAuthorityList(authorities);
  }

  private static String prefixed(String role) {
    return role.startsWith(ROLE) ? role : ROLE + role;
  }
}
