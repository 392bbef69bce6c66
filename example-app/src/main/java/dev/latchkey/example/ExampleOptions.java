package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What the example is told by its command line and environment.
 *
 * @param port where to listen; 0 for any free port
 * @param config the filter's and the servlet's settings
 * @param help whether only the usage is wanted
 */
public record ExampleOptions(int port, ApiKeysConfig config, boolean help) {
  /** How to use it. */
  public static final String USAGE =
      """
      Usage: java -jar latchkey-example-app.jar [options]
        --port N                 listen on 127.0.0.1:N (LATCHKEY_PORT; 8080; 0 for any free port)
        --jdbc-url URL           keep the keys there (LATCHKEY_JDBC_URL; H2 in ./latchkey-example-data)
        --jdbc-user U            as this user (LATCHKEY_JDBC_USER)
        --jdbc-password-file F   with the password in this file (or LATCHKEY_JDBC_PASSWORD)
        --set NAME=VALUE         any setting of README.md, such as --set cacheTtl=PT1M; repeatable
        --help                   this text""";

  private static final String EMBEDDED =
      "jdbc:h2:file:"
          + Path.of("latchkey-example-data", "latchkey").toAbsolutePath()
          // Closed by us, in order, and not by a hook of its own; what is answered is on disk; what
          // goes wrong is said by us.
          + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  /**
   * Reads the options. What the command line says goes before the environment.
   *
   * @throws IllegalArgumentException naming the option or setting that is wrong
   */
  public static ExampleOptions of(String[] args, Map<String, String> environment) {
    ApiKeysConfig.Builder config = ApiKeysConfig.builder();
    String port = environment.getOrDefault("LATCHKEY_PORT", "8080");
    String url = environment.getOrDefault("LATCHKEY_JDBC_URL", EMBEDDED);
    String user = environment.getOrDefault("LATCHKEY_JDBC_USER", "");
    String password = environment.getOrDefault("LATCHKEY_JDBC_PASSWORD", "");
    String passwordFile = "";
    boolean help = false;
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--help" -> help = true;
        case "--port" -> port = value(option, rest);
        case "--jdbc-url" -> url = value(option, rest);
        case "--jdbc-user" -> user = value(option, rest);
        case "--jdbc-password-file" -> passwordFile = value(option, rest);
        case "--set" -> {
          String[] setting = value(option, rest).split("=", 2);
          if (setting.length != 2) {
            throw new IllegalArgumentException("--set needs NAME=VALUE");
          }
          switch (setting[0]) {
            case "jdbcUrl" -> url = setting[1];
            case "jdbcUser" -> user = setting[1];
            case "jdbcPassword" -> password = setting[1];
            case "jdbcPasswordFile" -> passwordFile = setting[1];
            default -> config.set(setting[0], setting[1]);
          }
        }
        default -> throw new IllegalArgumentException("unknown option " + option + "\n" + USAGE);
      }
    }
    config.jdbcUrl(url);
    if (!user.isEmpty() || url.equals(EMBEDDED)) {
      config.jdbcUser(user.isEmpty() ? "sa" : user);
    }
    if (!passwordFile.isEmpty()) {
      config.jdbcPasswordFile(Path.of(passwordFile));
    } else if (!password.isEmpty()) {
      config.jdbcPassword(password);
    }
    return new ExampleOptions(help ? 0 : port(port), config.build(), help);
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.pop();
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("--port (LATCHKEY_PORT) must be a number from 0 to 65535");
  }
}
