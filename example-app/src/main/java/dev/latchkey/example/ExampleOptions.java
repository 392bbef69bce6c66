package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Holds what the command line and the environment say to the example.
 *
 * @param port where to listen; 0 for any free port
 * @param config the filter's and the servlet's settings
 * @param help whether only the usage is wanted
 * @param version whether only the version is wanted
 * @param embedded whether the keys are kept in the example's own database
 */
public record ExampleOptions(
    int port, ApiKeysConfig config, boolean help, boolean version, boolean embedded) {
  private static final String USAGE =
      """
      Usage: java -jar {jar} [options]
        --port N                 listen on 127.0.0.1:N (LATCHKEY_PORT; 8080; 0 for any free port)
        --jdbc-url URL           keep the keys there (LATCHKEY_JDBC_URL; H2 in ./latchkey-example-data)
        --jdbc-user U            as this user (LATCHKEY_JDBC_USER)
        --jdbc-password-file F   with the password in this file (or LATCHKEY_JDBC_PASSWORD)
        --set NAME=VALUE         any setting of README.md, such as --set cacheTtl=PT1M; repeatable
                                 (LATCHKEY_CACHE_TTL, or -Dlatchkey.cacheTtl=PT1M before -jar)
      {addition}  --version                the version
        --help                   this text""";

  /** A setting on the command line. Shows no value. */
  private record Given(String name, String value, String option) {
    void setOn(ApiKeysConfig.Builder config) {
      config.set(name, value, option);
    }

    @Override
    public String toString() {
      return option;
    }
  }

  /** Options of code, which has said all the rest by the config. */
  public ExampleOptions(int port, ApiKeysConfig config) {
    this(
        port,
        DemoScopes.setUnlessOthers(config.toBuilder().ownerRoles(DemoUsers::rolesOf)).build(),
        false,
        false,
        false);
  }

  /** Returns how to use the example with an addition. */
  static String usage(Addition addition) {
    return USAGE.replace("{jar}", addition.jar()).replace("{addition}", addition.usage());
  }

  /**
   * Reads the options. What the command line says goes before system properties and environment.
   *
   * @throws IllegalArgumentException naming the option, property, variable or setting that is wrong
   */
  public static ExampleOptions of(String[] args, Map<String, String> variables, Addition addition) {
    Port port = Port.of(variables);
    List<Given> settings = new ArrayList<>();
    boolean help = false;
    boolean version = false;
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--help" -> help = true;
        case "--version" -> version = true;
        case "--port" -> port = new Port(value(option, rest), option);
        case "--jdbc-url" -> settings.add(new Given("jdbcUrl", value(option, rest), option));
        case "--jdbc-user" -> settings.add(new Given("jdbcUser", value(option, rest), option));
        case "--jdbc-password-file" ->
            settings.add(new Given("jdbcPasswordFile", value(option, rest), option));
        case "--set" -> settings.add(setting(option, value(option, rest)));
        default -> {
          if (!addition.options().containsKey(option)) {
            throw new IllegalArgumentException("unknown option " + option + "\n" + usage(addition));
          }
          addition.options().get(option).accept(value(option, rest));
        }
      }
    }
    ApiKeysConfig.Builder config = ApiKeysConfig.builder();
    boolean starts = !help && !version;
    if (starts) { // otherwise nothing of it matters
      config.fromEnvironment(System.getProperties(), Port.withoutPort(variables));
      settings.forEach(setting -> setting.setOn(config));
      if (!config.isSet("rolesQuery")) {
        config.ownerRoles(DemoUsers::rolesOf);
      }
    }
    DemoScopes.setUnlessOthers(config);
    boolean embedded = Embedded.setUnlessAnother(config);
    return new ExampleOptions(starts ? port.number() : 0, config.build(), help, version, embedded);
  }

  private static Given setting(String option, String text) {
    String[] parts = text.split("=", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(option + " needs NAME=VALUE");
    }
    return new Given(parts[0], parts[1], option + ' ' + parts[0]);
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.pop();
  }
}
