package dev.latchkey;

import dev.latchkey.path.PathPattern;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What one filter asks of requests. Two filters of an application may differ here and share the
 * rest. Components are named as the settings are.
 *
 * @param realm what the challenge calls the protected area
 * @param keyHeader the header that holds a key besides {@code Authorization}
 * @param acceptBareKey whether {@code Authorization} may hold a key without a scheme
 * @param credentials whether a request without a key is refused
 * @param roles the roles of those who come with a key
 * @param excludedPaths patterns ({@code /x}, {@code /x/*}, {@code *.x}, {@code /*}) of paths that
 *     the filter leaves to the application altogether
 */
public record FilterSettings(
    String realm,
    String keyHeader,
    boolean acceptBareKey,
    Credentials credentials,
    OwnerRoles roles,
    List<String> excludedPaths) {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern REALM = Pattern.compile("[ !#-\\[\\]-~]+");
  private static final Set<String> RESERVED = Set.of("authorization", "cookie", "host");
  private static final Set<String> NAMES =
      Collections.unmodifiableSet(
          new TreeSet<>(
              Set.of(
                  "realm", "keyHeader", "acceptBareKey", "credentials", "roles", "excludedPaths")));

  /** Whether a request without a key is refused. */
  public enum Credentials {
    /** It is refused. */
    REQUIRED,
    /** It is let through as anonymous; a bad key is refused all the same. */
    OPTIONAL
  }

  /** The defaults: a key is required everywhere, in either header; it gives no roles. */
  public static final FilterSettings DEFAULT =
      new FilterSettings(
          "API", "X-API-Key", false, Credentials.REQUIRED, (owner, role) -> false, List.of());

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public FilterSettings {
    if (!REALM.matcher(realm).matches()) {
      throw new IllegalArgumentException(
          "realm must be printable ASCII without quotes and backslashes");
    }
    if (!TOKEN.matcher(keyHeader).matches()
        || RESERVED.contains(keyHeader.toLowerCase(java.util.Locale.ROOT))) {
      throw new IllegalArgumentException(
          "keyHeader must be the name of a header of its own, such as X-API-Key");
    }
    excludedPaths = List.copyOf(excludedPaths);
    for (String pattern : excludedPaths) {
      try {
        PathPattern.of(pattern);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("excludedPaths " + e.getMessage(), e);
      }
    }
  }

  /** The names that {@link #with} knows, in alphabetical order. */
  public static Set<String> names() {
    return NAMES;
  }

  /** The same with another realm. */
  public FilterSettings withRealm(String realm) {
    return new FilterSettings(realm, keyHeader, acceptBareKey, credentials, roles, excludedPaths);
  }

  /** The same with another header. */
  public FilterSettings withKeyHeader(String keyHeader) {
    return new FilterSettings(realm, keyHeader, acceptBareKey, credentials, roles, excludedPaths);
  }

  /** The same, accepting keys without a scheme or not. */
  public FilterSettings withAcceptBareKey(boolean acceptBareKey) {
    return new FilterSettings(realm, keyHeader, acceptBareKey, credentials, roles, excludedPaths);
  }

  /** The same, requiring a key or not. */
  public FilterSettings withCredentials(Credentials credentials) {
    return new FilterSettings(realm, keyHeader, acceptBareKey, credentials, roles, excludedPaths);
  }

  /** The same with other roles. */
  public FilterSettings withRoles(OwnerRoles roles) {
    return new FilterSettings(realm, keyHeader, acceptBareKey, credentials, roles, excludedPaths);
  }

  /** Returns these settings with other paths excluded. */
  public FilterSettings withExcludedPaths(List<String> excludedPaths) {
    return new FilterSettings(realm, keyHeader, acceptBareKey, credentials, roles, excludedPaths);
  }

  /**
   * The same with one setting given as text, as an init-param is.
   *
   * @throws IllegalArgumentException naming the setting, if there is none such or it is wrong
   */
  public FilterSettings with(String name, String value) {
    return switch (name) {
      case "realm" -> withRealm(value);
      case "keyHeader" -> withKeyHeader(value);
      case "acceptBareKey" -> withAcceptBareKey(SettingText.bool(name, value));
      case "credentials" -> withCredentials(SettingText.constant(name, value, Credentials.class));
      case "roles" -> withRoles(everyOwner(SettingText.list(name, value)));
      case "excludedPaths" -> withExcludedPaths(List.of(SettingText.list(name, value)));
      default -> throw SettingText.unknown(name, NAMES);
    };
  }

  private static OwnerRoles everyOwner(String[] roles) {
    Set<String> all = Set.copyOf(Arrays.asList(roles));
    return (owner, role) -> all.contains(role);
  }
}
