package dev.latchkey.spring;

import dev.latchkey.ApiKeysConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/**
 * The settings as Spring's {@code Environment} has them: {@code latchkey.cache-ttl} is {@code
 * cacheTtl}. Durations may also be written as in Boot ({@code 30s}), lists as in YAML. An empty
 * value is not set.
 */
final class SpringSettings {
  static final String PREFIX = "latchkey";
  static final String OWNERS = "owners";
  static final String USER_DETAILS = "user-details";
  static final String URL_PATTERNS = "filter.url-patterns";
  static final String SERVLET_PATH = "servlet.path";

  /** The servlet's init-params that text can give. */
  static final Set<String> SERVLET_INIT_PARAMS = Set.of("loginPage", "apiUrl", "trustedOrigins");

  /** What the starter has beside the settings of the application, without the prefix. */
  static final Set<String> OWN =
      Stream.concat(
              Stream.of(
                  "enabled",
                  OWNERS,
                  "filter.enabled",
                  URL_PATTERNS,
                  "servlet.enabled",
                  SERVLET_PATH),
              SERVLET_INIT_PARAMS.stream().map(SpringSettings::servletProperty))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern BOOT_DURATION = Pattern.compile("\\d+(ns|us|ms|s|m|h|d)");

  private final Environment environment;
  private final Binder binder;

  SpringSettings(Environment environment) {
    this.environment = environment;
    this.binder = Binder.get(environment);
  }

  /** Returns the property of a setting, without the prefix. */
  static String property(String setting) {
    return setting.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  static String servletProperty(String initParam) {
    return "servlet." + property(initParam);
  }

  /**
   * Hands over the settings of the application that are set.
   *
   * @throws WrongSettingException if one is wrong
   */
  void addTo(ApiKeysConfig.Builder config) {
    for (String setting : ApiKeysConfig.Builder.names()) {
      String text = text(property(setting));
      if (text != null) {
        set(config::set, setting, text);
      }
    }
  }

  private void set(BiConsumer<String, String> target, String setting, String text) {
    try {
      setInEitherForm(target, setting, text);
    } catch (IllegalArgumentException e) {
      throw wrong(property(setting), e);
    }
  }

  private static void setInEitherForm(
      BiConsumer<String, String> target, String setting, String text) {
    try {
      target.accept(setting, text);
    } catch (IllegalArgumentException e) {
      if (!BOOT_DURATION.matcher(text).matches()) {
        throw e;
      }
      try {
        target.accept(setting, DurationStyle.SIMPLE.parse(text).toString());
      } catch (IllegalArgumentException noDuration) {
        throw e;
      }
    }
  }

  boolean has(String property) {
    return text(property) != null;
  }

  String text(String property, String byDefault) {
    String text = text(property);
    return text != null ? text : byDefault;
  }

  @Nullable String text(String property) {
    String name = PREFIX + "." + property;
    String text =
        binder
            .bind(name, String.class)
            .orElseGet(
                () ->
                    binder
                        .bind(name, Bindable.listOf(String.class))
                        .map(items -> String.join(",", items))
                        .orElse(""))
            .strip();
    return text.isEmpty() ? null : text;
  }

  /**
   * Returns whether the application says so of who owns keys.
   *
   * @throws WrongSettingException if what it says is nothing that there is
   */
  boolean ownersAre(String what) {
    String owners = text(OWNERS);
    if (owners != null && !owners.equals(USER_DETAILS) && !owners.equals("none")) {
      throw wrong(OWNERS, "must be user-details or none");
    }
    return what.equals(owners);
  }

  List<String> list(String property, String byDefault) {
    return List.of(text(property, byDefault).split("\\s*,\\s*", -1));
  }

  /**
   * Returns a duration, in either form.
   *
   * @throws WrongSettingException if it is none
   */
  Duration duration(String property, Duration byDefault) {
    String text = text(property);
    if (text == null) {
      return byDefault;
    }
    try {
      Duration duration = DurationStyle.detectAndParse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw wrong(property, "must be a duration such as PT30S or 30s");
  }

  /** Returns a failure that names a setting as the application wrote it, and where. */
  WrongSettingException wrong(String property, String why) {
    return new WrongSettingException(PREFIX + "." + property + " " + why, origin(property));
  }

  /** Returns a failure for one that names settings as they are called in code. */
  WrongSettingException wrong(@Nullable String property, IllegalArgumentException e) {
    return new WrongSettingException(
        SettingNames.inSpring(String.valueOf(e.getMessage())),
        property == null ? "" : origin(property));
  }

  private String origin(String property) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of(PREFIX + "." + property);
    return Stream.of(name, name.append("[0]"))
        .flatMap(
            one ->
                Stream.of(ConfigurationPropertySources.get(environment))
                    .flatMap(sources -> stream(sources).map(s -> s.getConfigurationProperty(one))))
        .filter(found -> found != null && found.getOrigin() != null)
        .map(SpringSettings::originOf)
        .findFirst()
        .orElse("");
  }

  private static String originOf(ConfigurationProperty property) {
    return String.valueOf(property.getOrigin());
  }

  private static <T> Stream<T> stream(Iterable<T> items) {
    return java.util.stream.StreamSupport.stream(items.spliterator(), false);
  }

  /** Returns properties under our prefix that are none of ours, such as Kubernetes makes. */
  Set<String> unknown() {
    Set<String> known =
        Stream.concat(
                OWN.stream(), ApiKeysConfig.Builder.names().stream().map(SpringSettings::property))
            .map(property -> plain(PREFIX + property))
            .collect(Collectors.toSet());
    ConfigurationPropertyName prefix = ConfigurationPropertyName.of(PREFIX);
    return stream(ConfigurationPropertySources.get(environment))
        .filter(IterableConfigurationPropertySource.class::isInstance)
        .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
        .filter(prefix::isAncestorOf)
        .map(ConfigurationPropertyName::toString)
        .filter(name -> !known.contains(plain(name)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without what the ways to write a name differ in, and without the index of an item. */
  private static String plain(String name) {
    return name.replaceAll("\\[\\d+]", "").replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }
}
