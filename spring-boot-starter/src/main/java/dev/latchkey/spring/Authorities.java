package dev.latchkey.spring;

import dev.latchkey.FilterSettings;
import dev.latchkey.auth.ApiKeyPrincipal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Makes Spring Security's authorities of an owner's roles.
 *
 * @param asTheyAre whether the roles are authorities already, being those of a user of Spring
 *     Security; others are prefixed
 * @param filter tells everybody's roles; asked when a key comes, since it may be made after the
 *     chains
 */
record Authorities(boolean asTheyAre, Supplier<FilterSettings> filter) {
  private static final String ROLE = "ROLE_";

  List<GrantedAuthority> of(ApiKeyPrincipal principal) {
    Set<String> authorities = new LinkedHashSet<>();
    for (String role : principal.roles()) {
      authorities.add(asTheyAre ? role : prefixed(role));
    }
    for (String role : filter.get().roles()) {
      authorities.add(prefixed(role));
    }
    return AuthorityUtils.createAuthorityList(authorities);
  }

  private static String prefixed(String role) {
    return role.startsWith(ROLE) ? role : ROLE + role;
  }
}
