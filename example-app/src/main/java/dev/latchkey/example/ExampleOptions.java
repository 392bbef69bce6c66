package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.example.saml.SamlOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the example is told by its command line and environment.
 *
 * @param port where to listen; 0 for any free port
 * @param config the filter's and the servlet's settings
 * @param help whether only the usage is wanted
 * @param saml whether, and how, users may log in with SAML; null if they may not
 */
public record ExampleOptions(
    int port, ApiKeysConfig config, boolean help, @Nullable SamlOptions saml) {
  /** How to use it. */
  public static final String USAGE =
      """
      Usage: java -jar latchkey-example-app.jar [options]
        --port N                 listen on 127.0.0.1:N (LATCHKEY_PORT; 8080; 0 for any free port)
        --jdbc-url URL           keep the keys there (LATCHKEY_JDBC_URL; H2 in ./latchkey-example-data)
        --jdbc-user U            as this user (LATCHKEY_JDBC_USER)
        --jdbc-password-file F   with the password in this file (or LATCHKEY_JDBC_PASSWORD)
        --set NAME=VALUE         any setting of README.md, such as --set cacheTtl=PT1M; repeatable
        --saml-idp-metadata F    let users log in with SAML too: the identity provider's metadata, a
                                 file or an http(s) URL
        --saml-entity-id ID      our name there (the URL of our metadata, …/saml/metadata)
        --saml-acs-url URL       where it sends its answers (…/saml/acs)
        --saml-session-length D  how long a login lasts if it does not say (PT8H)
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
    String samlMetadata = null;
    String samlEntityId = null;
    String samlAcsUrl = null;
    Duration samlSessionLength = null;
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--help" -> help = true;
        case "--port" -> port = value(option, rest);
        case "--jdbc-url" -> url = value(option, rest);
        case "--jdbc-user" -> user = value(option, rest);
        case "--jdbc-password-file" -> passwordFile = value(option, rest);
        case "--saml-idp-metadata" -> samlMetadata = value(option, rest);
        case "--saml-entity-id" -> samlEntityId = value(option, rest);
        case "--saml-acs-url" -> samlAcsUrl = value(option, rest);
        case "--saml-session-length" -> samlSessionLength = duration(option, value(option, rest));
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
    boolean isSaml = samlEntityId != null || samlAcsUrl != null || samlSessionLength != null;
    if (samlMetadata == null && isSaml) {
      throw new IllegalArgumentException("SAML needs --saml-idp-metadata");
    }
    SamlOptions saml =
        samlMetadata == null
            ? null
            : new SamlOptions(
                samlMetadata,
                samlEntityId,
                samlAcsUrl,
                Objects.requireNonNullElse(samlSessionLength, SamlOptions.DEFAULT_SESSION_LENGTH));
    return new ExampleOptions(help ? 0 : port(port), config.build(), help, saml);
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.pop();
  }

  private static Duration duration(String option, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(option + " must be an ISO-8601 duration, such as PT8H", e);
    }
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
