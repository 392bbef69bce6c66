package dev.latchkey.spring;

import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.log.OncePerMinute;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
 * Asks the application's {@code UserDetailsService}. A user may use keys while the account is
 * enabled, not locked and not expired, and its password is not expired: Spring Security checks the
 * same of a user whom a remember-me cookie logs in. Names compare exactly, even if the service
 * ignores case.
 */
final class UserDetailsDirectory implements OwnerDirectory {
  private static final Logger log = System.getLogger(UserDetailsDirectory.class.getName());

  private final Supplier<UserDetailsService> users;
  private final OncePerMinute warnings = new OncePerMinute(System::nanoTime);
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
      } catch (RuntimeException e) { // says nothing about the others
        failure = e;
        found.put(name, null);
      }
    }
    if (failure != null) {
      if (found.values().stream().allMatch(Objects::isNull)) {
        throw failure;
      }
      warn(failure);
    }
    return found;
  }

  private void warn(RuntimeException failure) {
    if (warnings.isDue()) {
      log.log(
          Level.WARNING,
          Causes.explain(
              "Latchkey: the UserDetailsService fails for a user, whose keys get 503 if that lasts",
              failure));
    }
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
