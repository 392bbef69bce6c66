package dev.latchkey.spring;

import dev.latchkey.auth.OwnerDirectory;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsChecker;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * The application's users. Who may use keys is who could log in now, as Spring Security judges
 * those whom a cookie remembers: who is enabled, unlocked and not expired, and whose password is
 * not expired. Names count exactly, also where the application finds users in any case.
 */
final class UserDetailsDirectory implements OwnerDirectory {
  private final Supplier<UserDetailsService> users;
  private final UserDetailsChecker checker = new AccountStatusUserDetailsChecker();

  UserDetailsDirectory(Supplier<UserDetailsService> users) {
    this.users = users;
  }

  @Override
  public Map<String, Set<String>> find(Collection<String> owners) {
    UserDetailsService service = users.get();
    Map<String, Set<String>> found = new HashMap<>();
    RuntimeException failure = null;
    for (String name : owners) {
      try {
        UserDetails user = find(service, name);
        if (user != null) {
          found.put(name, authorities(user));
        }
      } catch (RuntimeException e) { // of one user is no answer about the others
        failure = e;
        found.put(name, null);
      }
    }
    if (failure != null && found.values().stream().allMatch(Objects::isNull)) {
      throw failure;
    }
    return found;
  }

  private static Set<String> authorities(UserDetails user) {
    return user.getAuthorities().stream()
        .map(GrantedAuthority::getAuthority)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  private @Nullable UserDetails find(UserDetailsService service, String name) {
    try {
      UserDetails user = service.loadUserByUsername(name);
      checker.check(user);
      return name.equals(user.getUsername()) ? user : null;
    } catch (UsernameNotFoundException | AccountStatusException e) {
      return null;
    }
  }
}
