package dev.latchkey.spring;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.internal.settings.Given;
import dev.latchkey.internal.settings.GivenSettings;
import dev.latchkey.internal.settings.Setting;
import dev.latchkey.internal.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/**
 * The settings as Spring's {@code Environment} has them at start: {@code latchkey.cache-ttl} is
 * {@code cacheTtl}. Durations may also be written as in Boot ({@code 30s}), lists as in YAML. An
 * empty value is not set. A source that names one of alternatives puts the others out of force in
 * the sources that count less.
 */
final class SpringSettings {
  static final String PREFIX = "latchkey";
  static final String OWNERS = "owners";
  static final String USER_DETAILS = "user-details";
  static final String URL_PATTERNS = "filter.url-patterns";
  static final String SERVLET_PATH = "servlet.path";

  /** The servlet's init-params that text can give. */
  static final Set<String> SERVLET_INIT_PARAMS =
      Set.of("loginPage", "apiUrl", "trustedOrigins", "administratorRole", "issuerRole");

  /** The properties that the starter has beside the settings of the application. */
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

  private final Map<String, Given> inForce = new HashMap<>(); // by property, without the prefix
  private final Set<String> unknown = new TreeSet<>();

  SpringSettings(Environment environment) {
    Set<String> known = new TreeSet<>(OWN);
    Settings.all().forEach(setting -> known.add(property(setting.name())));
    GivenSettings settings = GivenSettings.NONE;
    for (SourceProperties source : SourceProperties.in(environment)) {
      settings = settings.over(source.settings());
      for (String property : OWN) {
        Given given = source.find(property);
        if (given != null) {
          inForce.putIfAbsent(property, given);
        }
      }
      source.unknown(known).forEach(unknown::add);
    }
    settings.forEach((setting, given) -> inForce.put(property(setting.name()), given));
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
    for (Setting<?> setting : Settings.all()) {
      Given given = inForce.get(property(setting.name()));
      if (given != null) {
        set(config, setting.name(), given);
      }
    }
  }

  private void set(ApiKeysConfig.Builder config, String setting, Given given) {
    try {
      config.set(setting, given.text(), given.origin());
    } catch (IllegalArgumentException e) {
      if (!BOOT_DURATION.matcher(given.text()).matches()) {
        throw wrong(e);
      }
      try {
        String duration = DurationStyle.SIMPLE.parse(given.text()).toString();
        config.set(setting, duration, given.origin());
      } catch (IllegalArgumentException noDuration) {
        throw wrong(e);
      }
    }
  }

  boolean has(String property) {
    return inForce.containsKey(property);
  }

  String text(String property, String byDefault) {
    String text = text(property);
    return text != null ? text : byDefault;
  }

  @Nullable String text(String property) {
    Given given = inForce.get(property);
    return given == null ? null : given.text();
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

  /** Returns a failure that names a setting as the application wrote it, and where. */
  WrongSettingException wrong(String property, String why) {
    Given given = inForce.get(property);
    return new WrongSettingException(
        PREFIX + "." + property + " " + why, given == null ? "" : given.origin());
  }

  /** Returns a failure for one that names settings by their names in code and their origins. */
  WrongSettingException wrong(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    List<String> origins = new ArrayList<>();
    for (Setting<?> setting : Settings.all()) {
      String property = property(setting.name());
      Given given = inForce.get(property);
      if (given != null) {
        String named = Given.name(setting.name(), given.origin());
        if (message.contains(named)) {
          message = message.replace(named, PREFIX + "." + property);
          origins.add(given.origin());
        }
      }
    }
    return new WrongSettingException(
        SettingNames.inSpring(message),
        origins.stream().distinct().collect(Collectors.joining(" or ")));
  }

  /** Returns properties under our prefix that are none of ours, such as Kubernetes makes. */
  Set<String> unknown() {
    return unknown;
  }
}
