package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.example.saml.SamlOptions;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the example is told by its command line and environment.
 *
 * @param port where to listen; 0 for any free port
 * @param config the filter's and the servlet's settings
 * @param help whether only the usage is wanted
 * @param saml whether, and how, users may log in with SAML; null if they may not
 * @param version whether only the version is wanted
 * @param given the settings as they were given, if not in code
 */
public record ExampleOptions(
    int port,
    ApiKeysConfig config,
    boolean help,
    @Nullable SamlOptions saml,
    boolean version,
    Given given) {
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
        --version                the version
        --help                   this text""";

  private static final Duration DEFAULT_FEED_INTERVAL = Duration.ofSeconds(1);
  private static final String PORT = "port";
  private static final String DEFAULT_PORT = "8080";

  /** Options of code, which has said all the rest by the config. */
  public ExampleOptions(int port, ApiKeysConfig config, boolean help, @Nullable SamlOptions saml) {
    this(port, config, help, saml, false, new Given());
  }

  /**
   * Reads the options. What the command line says goes before the environment.
   *
   * @throws IllegalArgumentException naming the option, variable or setting that is wrong
   */
  public static ExampleOptions of(String[] args, Map<String, String> variables) {
    Environment environment = new Environment(variables);
    Given port = new Given();
    environment.giveTo(port, PORT, Environment.PORT);
    Given settings = new Given();
    environment.giveTo(settings, "jdbcUrl", Environment.JDBC_URL);
    environment.giveTo(settings, "jdbcUser", Environment.JDBC_USER);
    environment.giveTo(settings, "jdbcPassword", Environment.JDBC_PASSWORD);
    boolean help = false;
    boolean version = false;
    String samlMetadata = null;
    String samlEntityId = null;
    String samlAcsUrl = null;
    Duration samlSessionLength = null;
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
        case "--saml-idp-metadata" -> samlMetadata = value(option, rest);
        case "--saml-entity-id" -> samlEntityId = value(option, rest);
        case "--saml-acs-url" -> samlAcsUrl = value(option, rest);
        case "--saml-session-length" -> samlSessionLength = duration(option, value(option, rest));
        case "--set" -> {
          String[] setting = value(option, rest).split("=", 2);
          if (setting.length != 2) {
            throw new IllegalArgumentException("--set needs NAME=VALUE");
          }
          settings.put(setting[0], setting[1], option);
        }
        default -> throw new IllegalArgumentException("unknown option " + option + "\n" + USAGE);
      }
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
    boolean starts = !help && !version;
    return new ExampleOptions(
        starts ? port(port) : 0, config(settings), help, saml, version, settings);
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

  private static Duration duration(String option, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(option + " must be an ISO-8601 duration, such as PT8H", e);
    }
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
