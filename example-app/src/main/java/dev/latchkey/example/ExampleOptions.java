package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the example is told by its command line and environment.
 *
 * @param port where to listen; 0 for any free port
 * @param config the filter's and the servlet's settings
 * @param help whether only the usage is wanted
 * @param version whether only the version is wanted
 * @param given the settings as they were given, if not in code
 */
public record ExampleOptions(
    int port, ApiKeysConfig config, boolean help, boolean version, Given given) {
  private static final String USAGE =
      """
      Usage: java -jar {jar} [options]
        --port N                 listen on 127.0.0.1:N (LATCHKEY_PORT; 8080; 0 for any free port)
        --jdbc-url URL           keep the keys there (LATCHKEY_JDBC_URL; H2 in ./latchkey-example-data)
        --jdbc-user U            as this user (LATCHKEY_JDBC_USER)
        --jdbc-password-file F   with the password in this file (or LATCHKEY_JDBC_PASSWORD)
        --set NAME=VALUE         any setting of README.md, such as --set cacheTtl=PT1M; repeatable
      {addition}  --version                the version
        --help                   this text""";

  private static final Duration DEFAULT_FEED_INTERVAL = Duration.ofSeconds(1);
  private static final String PORT = "port";
  private static final String DEFAULT_PORT = "8080";

  /** Options of code, which has said all the rest by the config. */
  public ExampleOptions(int port, ApiKeysConfig config) {
    this(
        port, config.toBuilder().ownerRoles(DemoUsers::rolesOf).build(), false, false, new Given());
  }

  /** Returns how to use the example with an addition. */
  static String usage(Addition addition) {
    return USAGE.replace("{jar}", addition.jar()).replace("{addition}", addition.usage());
  }

  /**
   * Reads the options. What the command line says goes before the environment.
   *
   * @throws IllegalArgumentException naming the option, variable or setting that is wrong
   */
  public static ExampleOptions of(String[] args, Map<String, String> variables, Addition addition) {
    Environment environment = new Environment(variables);
    Given port = new Given();
    environment.giveTo(port, PORT, Environment.PORT);
    Given settings = new Given();
    environment.giveTo(settings, "jdbcUrl", Environment.JDBC_URL);
    environment.giveTo(settings, "jdbcUser", Environment.JDBC_USER);
    environment.giveTo(settings, "jdbcPassword", Environment.JDBC_PASSWORD);
    boolean help = false;
    boolean version = false;
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--help" -> help = true;
        case "--version" -> version = true;
        case "--port" -> port.put(PORT, value(option, rest), option);
        case "--jdbc-url" -> settings.put("jdbcUrl", value(option, rest), option);
        case "--jdbc-user" -> settings.put("jdbcUser", value(option, rest), option);
        case "--jdbc-password-file" ->
            settings.put("jdbcPasswordFile", value(option, rest), option);
        case "--set" -> {
          String[] setting = value(option, rest).split("=", 2);
          if (setting.length != 2) {
            throw new IllegalArgumentException("--set needs NAME=VALUE");
          }
          settings.put(setting[0], setting[1], option);
        }
        default -> {
          if (!addition.options().containsKey(option)) {
            throw new IllegalArgumentException("unknown option " + option + "\n" + usage(addition));
          }
          addition.options().get(option).accept(value(option, rest));
        }
      }
    }
    boolean starts = !help && !version;
    return new ExampleOptions(starts ? port(port) : 0, config(settings), help, version, settings);
  }

  private static ApiKeysConfig config(Given settings) {
    Embedded.giveTo(settings);
    boolean isFile = settings.get("jdbcPasswordFile").isPresent();
    if (isFile && settings.origin("jdbcPassword").equals(Optional.of(Environment.JDBC_PASSWORD))) {
      settings.remove("jdbcPassword"); // the command line goes before
    }
    ApiKeysConfig.Builder config = ApiKeysConfig.builder();
    try {
      settings.forEach(config::set);
      if (settings.get("rolesQuery").isEmpty()) {
        config.ownerRoles(DemoUsers::rolesOf);
      }
      return config.build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(settings.complaint(e), e);
    }
  }

  /** How often changes of other nodes are asked for, as far as it was said here. */
  Duration feedInterval() {
    return given.get("feedInterval").map(Duration::parse).orElse(DEFAULT_FEED_INTERVAL);
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.pop();
  }

  private static int port(Given given) {
    String text = given.get(PORT).orElse(DEFAULT_PORT);
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        given.origin(PORT).orElseThrow() + " must be a number from 0 to 65535, not " + text);
  }
}
