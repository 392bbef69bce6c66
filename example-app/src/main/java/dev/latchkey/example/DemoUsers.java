package dev.latchkey.example;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.util.security.Credential;

/** Who may log in: the password is the name. A real application has its own users. */
public final class DemoUsers {
  private static final Map<String, List<String>> ROLES =
      Map.of("alice", List.of("user"), "bob", List.of("user"), "admin", List.of("user", "admin"));

  private DemoUsers() {}

  static HashLoginService loginService() {
    UserStore users = new UserStore();
    ROLES.forEach(
        (name, roles) ->
            users.addUser(name, Credential.getCredential(name), roles.toArray(String[]::new)));
    HashLoginService service = new HashLoginService("example");
    service.setUserStore(users);
    return service;
  }

  static List<String> roles(String name) {
    return ROLES.getOrDefault(name, List.of());
  }

  static Map<String, Set<String>> rolesOf(Collection<String> names) {
    return names.stream().collect(Collectors.toMap(name -> name, name -> Set.copyOf(roles(name))));
  }

  /** Returns whether a user is in a role. */
  public static boolean isInRole(String name, String role) {
    return roles(name).contains(role);
  }
}
