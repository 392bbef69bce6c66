package dev.latchkey.example;

import java.util.HashMap;
import java.util.Map;

/**
 * Where to listen, and what said so.
 *
 * @param text what was given
 * @param origin the option or variable that gave it
 */
record Port(String text, String origin) {
  static final String VARIABLE = "LATCHKEY_PORT";
  static final Port DEFAULT = new Port("8080", "the default");

  /** What Kubernetes and Docker set {@link #VARIABLE} to beside a service called latchkey. */
  private static final String SERVICE_ADDRESS = "(tcp|udp|sctp)://.*";

  private static final int MAX = 65_535;

  /** Returns the port that the environment gives, unless its variable is empty or not ours. */
  static Port of(Map<String, String> variables) {
    String text = variables.getOrDefault(VARIABLE, "");
    return text.isEmpty() || text.matches(SERVICE_ADDRESS) ? DEFAULT : new Port(text, VARIABLE);
  }

  /** Returns the variables that are not the port: Latchkey's, and those that it warns of. */
  static Map<String, String> withoutPort(Map<String, String> variables) {
    Map<String, String> others = new HashMap<>(variables);
    if (of(variables) != DEFAULT) {
      others.remove(VARIABLE);
    }
    return others;
  }

  /**
   * Returns the number.
   *
   * @throws IllegalArgumentException naming what gave it, if it is none
   */
  int number() {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(origin + " must be a number from 0 to 65535, not " + text);
  }
}
