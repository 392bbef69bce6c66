package dev.latchkey.example;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The environment variables that the example reads. */
final class Environment {
  static final String PORT = "LATCHKEY_PORT";
  static final String JDBC_URL = "LATCHKEY_JDBC_URL";
  static final String JDBC_USER = "LATCHKEY_JDBC_USER";
  static final String JDBC_PASSWORD = "LATCHKEY_JDBC_PASSWORD";

  private static final Set<String> NAMES = Set.of(PORT, JDBC_URL, JDBC_USER, JDBC_PASSWORD);

  /** What Kubernetes and Docker set {@link #PORT} to beside a service that is called latchkey. */
  private static final String SERVICE_ADDRESS = "(tcp|udp|sctp)://.*";

  private final Map<String, String> all;

  Environment(Map<String, String> all) {
    this.all = all;
  }

  /** Gives a setting by a variable, unless that is empty or not ours. */
  void giveTo(Given settings, String setting, String variable) {
    Optional.ofNullable(all.get(variable))
        .filter(value -> !value.isEmpty() && isOurs(variable, value))
        .ifPresent(value -> settings.put(setting, value, variable));
  }

  /** Returns a warning of the variables that look like ours and are not. */
  Optional<String> warning() {
    List<String> ignored =
        new TreeMap<>(all)
            .entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("LATCHKEY_"))
                .filter(variable -> !variable.getValue().isEmpty())
                .filter(variable -> !isOurs(variable.getKey(), variable.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    return ignored.isEmpty()
        ? Optional.empty()
        : Optional.of("ignored, since not the example's: " + String.join(", ", ignored));
  }

  private static boolean isOurs(String name, String value) {
    return NAMES.contains(name) && !(name.equals(PORT) && value.matches(SERVICE_ADDRESS));
  }
}
