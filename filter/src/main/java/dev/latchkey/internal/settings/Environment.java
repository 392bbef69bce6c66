package dev.latchkey.internal.settings;

import dev.latchkey.internal.settings.Setting.Scope;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The system properties and environment variables that may hold settings: of the application, not
 * those that a filter or servlet sets for itself. Thread-safe, and shows no value.
 */
public final class Environment {
  /** What names of variables begin with unless an application says otherwise. */
  public static final String DEFAULT_PREFIX = "LATCHKEY";

  private static final Logger log = System.getLogger(Environment.class.getName());
  private static final String OF_PROPERTIES = "latchkey";
  private static final Pattern PREFIX = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final Pattern WORD_BEGINS = Pattern.compile("(?=[A-Z])");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final Map<String, String> properties = new TreeMap<>();
  private final Map<String, String> variables;

  /** Takes properties and variables as they are now. */
  public Environment(Properties properties, Map<String, String> variables) {
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (value != null) { // it may have gone meanwhile
        this.properties.put(name, value);
      }
    }
    this.variables = Map.copyOf(variables);
  }

  /** Returns those of this process. */
  public static Environment ofProcess() {
    return new Environment(System.getProperties(), System.getenv());
  }

  /**
   * Returns the settings, of properties before those of variables. What looks like one and is none
   * is a warning.
   *
   * @param prefix what the names of variables begin with, such as {@code SHOP}; those of properties
   *     begin alike for all applications
   * @throws IllegalArgumentException if it cannot be a prefix
   */
  public GivenSettings settings(String prefix) {
    checkPrefix(prefix, "environmentPrefix");
    Set<String> unknown = new LinkedHashSet<>();
    GivenSettings ofProperties =
        read(
            properties,
            OF_PROPERTIES,
            name -> OF_PROPERTIES + '.' + name,
            key -> "-D" + key,
            unknown);
    GivenSettings ofVariables =
        read(variables, prefix, name -> variable(prefix, name), key -> key, unknown);
    if (!unknown.isEmpty()) {
      log.log(
          Level.WARNING,
          "Latchkey: ignored, since the application has no settings of these names: "
              + CONTROL.matcher(String.join(", ", unknown)).replaceAll("?"));
    }
    return ofProperties.over(ofVariables);
  }

  /**
   * Checks what names of variables are to begin with.
   *
   * @param name what to call it if it is wrong
   * @throws IllegalArgumentException if it cannot be a prefix
   */
  public static void checkPrefix(String prefix, String name) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          name
              + " must be capital letters and digits, separated by single underscores, such as SHOP");
    }
  }

  private static GivenSettings read(
      Map<String, String> all,
      String prefix,
      UnaryOperator<String> keyOf,
      UnaryOperator<String> origin,
      Set<String> unknown) {
    Map<String, String> ours = new TreeMap<>(all);
    ours.entrySet()
        .removeIf(entry -> !looksLikeOurs(entry.getKey(), prefix) || entry.getValue().isEmpty());
    Map<Setting<?>, Given> given = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.all()) {
      String key = keyOf.apply(setting.name());
      String value = setting.scope() == Scope.APPLICATION ? ours.remove(key) : null;
      if (value != null) {
        given.put(setting, new Given(setting.strip(value), origin.apply(key)));
      }
    }
    ours.keySet().forEach(key -> unknown.add(origin.apply(key)));
    return new GivenSettings(given);
  }

  /** What is a setting's name in one place is a likely mistake in the other. */
  private static boolean looksLikeOurs(String key, String prefix) {
    int length = prefix.length();
    return key.length() > length
        && key.regionMatches(true, 0, prefix, 0, length)
        && "_.-".indexOf(key.charAt(length)) >= 0;
  }

  private static String variable(String prefix, String name) {
    return prefix + '_' + WORD_BEGINS.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
  }
}
