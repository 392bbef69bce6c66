package dev.latchkey;

import dev.latchkey.internal.settings.Given;
import dev.latchkey.internal.settings.Setting.Scope;
import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Says what one filter asks of requests. Two filters of an application may differ here and share
 * the rest.
 *
 * <p>Immutable and thread-safe.
 */
public final class FilterSettings {
  private final SettingValues values = new SettingValues();
  private final String realm;
  private final String keyHeader;
  private final boolean acceptBareKey;
  private final boolean acceptBasic;
  private final KeyRequirement credentials;
  private final Set<String> roles;
  private final List<String> excludedPaths;

  private FilterSettings(Builder builder) {
    values.setAll(builder.values);
    realm = values.get(Settings.REALM);
    keyHeader = values.get(Settings.KEY_HEADER);
    acceptBareKey = values.get(Settings.ACCEPT_BARE_KEY);
    acceptBasic = values.get(Settings.ACCEPT_BASIC);
    credentials = KeyRequirement.valueOf(values.get(Settings.CREDENTIALS).toUpperCase(Locale.ROOT));
    roles = Set.copyOf(values.get(Settings.ROLES));
    excludedPaths = values.get(Settings.EXCLUDED_PATHS);
  }

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that holds these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.values.setAll(values);
    return builder;
  }

  /** Returns the realm of the challenges: {@code API}. */
  public String realm() {
    return realm;
  }

  /** Returns the header that may hold a key besides {@code Authorization}: {@code X-API-Key}. */
  public String keyHeader() {
    return keyHeader;
  }

  /** Returns whether {@code Authorization} may hold a key without a scheme: false. */
  public boolean acceptBareKey() {
    return acceptBareKey;
  }

  /** Returns whether a key may be the password of {@code Authorization: Basic}: false. */
  public boolean acceptBasic() {
    return acceptBasic;
  }

  /** Returns what becomes of a request without a key: {@link KeyRequirement#REQUIRED}. */
  public KeyRequirement credentials() {
    return credentials;
  }

  /** Returns the paths that the filter leaves to the application: none. */
  public List<String> excludedPaths() {
    return excludedPaths;
  }

  /** Returns the roles of everybody who comes with a key: none. */
  public Set<String> roles() {
    return roles;
  }

  SettingValues values() {
    return values;
  }

  @Override
  public String toString() {
    return "FilterSettings[%s, %s]".formatted(realm(), credentials());
  }

  /** Collects settings. Each method checks its value. Not thread-safe. */
  public static final class Builder {
    private final SettingValues values = new SettingValues();

    private Builder() {}

    /** Returns the names that {@link #set} knows, in alphabetical order. */
    public static Set<String> names() {
      return Settings.names(Scope.FILTER);
    }

    /**
     * Sets a setting by its name, as an init-param does.
     *
     * @throws IllegalArgumentException naming the setting, if there is no such setting, or if the
     *     text is not of its form or range
     */
    public Builder set(String name, String value) {
      values.setText(Settings.named(name, Scope.FILTER, name), value);
      return this;
    }

    /**
     * Sets a setting by its name, and says where it was given. Errors and the log name it so.
     *
     * @throws IllegalArgumentException naming where it was given, if there is no such setting, or
     *     if the text is not of its form or range
     */
    public Builder set(String name, String value, String origin) {
      values.set(Settings.named(name, Scope.FILTER, origin), new Given(value, origin));
      return this;
    }

    /**
     * Returns whether a setting was set here.
     *
     * @throws IllegalArgumentException naming the setting, if there is no such setting
     */
    public boolean isSet(String name) {
      return values.settings().contains(Settings.named(name, Scope.FILTER, name));
    }

    /**
     * Sets the realm of the challenges (RFC 9110 section 11.5).
     *
     * @throws IllegalArgumentException if it is not printable ASCII without quotes and backslashes
     */
    public Builder realm(String realm) {
      values.set(Settings.REALM, realm);
      return this;
    }

    /**
     * Sets the header that may hold a key besides {@code Authorization}.
     *
     * @throws IllegalArgumentException if it is not the name of a header of its own
     */
    public Builder keyHeader(String keyHeader) {
      values.set(Settings.KEY_HEADER, keyHeader);
      return this;
    }

    /** Sets whether {@code Authorization} may hold a key without a scheme. */
    public Builder acceptBareKey(boolean acceptBareKey) {
      values.set(Settings.ACCEPT_BARE_KEY, acceptBareKey);
      return this;
    }

    /**
     * Sets whether a key may be the password of {@code Authorization: Basic} (RFC 7617), whatever
     * the user name. A request without a key is then challenged by {@code Basic} too.
     */
    public Builder acceptBasic(boolean acceptBasic) {
      values.set(Settings.ACCEPT_BASIC, acceptBasic);
      return this;
    }

    /** Sets what becomes of a request without a key. */
    public Builder credentials(KeyRequirement credentials) {
      values.set(Settings.CREDENTIALS, credentials.name().toLowerCase(Locale.ROOT));
      return this;
    }

    /** Gives roles to everybody who comes with a key, besides the owner's own. */
    public Builder roles(Collection<String> roles) {
      values.set(Settings.ROLES, List.copyOf(roles));
      return this;
    }

    /**
     * Sets the paths that the filter leaves to the application altogether: patterns like {@code
     * /x}, {@code /x/*}, {@code *.x} or {@code /*}.
     *
     * @throws IllegalArgumentException if one is no pattern
     */
    public Builder excludedPaths(Collection<String> excludedPaths) {
      values.set(Settings.EXCLUDED_PATHS, List.copyOf(excludedPaths));
      return this;
    }

    /** Returns the settings. */
    public FilterSettings build() {
      return new FilterSettings(this);
    }
  }
}
