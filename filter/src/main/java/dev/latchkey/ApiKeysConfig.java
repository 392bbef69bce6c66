package dev.latchkey;

import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import dev.latchkey.internal.auth.CacheSettings;
import dev.latchkey.internal.auth.FeedSettings;
import dev.latchkey.internal.auth.OwnerSettings;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.manage.KeyLimits;
import dev.latchkey.internal.scope.Scopes;
import dev.latchkey.internal.settings.Environment;
import dev.latchkey.internal.settings.Given;
import dev.latchkey.internal.settings.GivenSettings;
import dev.latchkey.internal.settings.Setting;
import dev.latchkey.internal.settings.Setting.Scope;
import dev.latchkey.internal.settings.SettingValues;
import dev.latchkey.internal.settings.Settings;
import dev.latchkey.internal.store.jdbc.JdbcSettings;
import dev.latchkey.manage.ApiKeyListener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, checked. Code, descriptors, system properties and environment
 * variables all come through {@link Builder}.
 *
 * <p>Immutable and thread-safe. {@code toString} shows no secret.
 */
public final class ApiKeysConfig {
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

  private final SettingValues values;
  private final Builder builder;
  private final KeyFormat keyFormat;
  private final KeyLimits limits;
  private final CacheSettings cache;
  private final FeedSettings feed;
  private final OwnerSettings owners;
  private final Scopes scopes;
  private final FilterSettings filter;
  private final JdbcSettings jdbc;
  private final Duration lastUsedFlushInterval;
  private final Duration tombstoneRetention;
  private final Duration auditRetention;
  private final @Nullable ApiKeyListener listener;
  private final int warmUp;
  private final Clock clock;

  private ApiKeysConfig(Builder builder, SettingValues values) {
    this.values = values;
    this.builder = builder.copy(values);
    keyFormat = new KeyFormat(values.get(Settings.KEY_PREFIX));
    limits = KeyLimits.of(values);
    cache = CacheSettings.of(values);
    feed = FeedSettings.of(values);
    owners = OwnerSettings.of(values, builder.ownerRoles, builder.ownerDirectory);
    scopes = scopes(values, owners);
    filter = builder.filter.build();
    jdbc = JdbcSettings.of(values, builder.dataSource);
    lastUsedFlushInterval = values.get(Settings.LAST_USED_FLUSH_INTERVAL);
    tombstoneRetention = tombstoneRetention(values.find(Settings.TOMBSTONE_RETENTION));
    auditRetention = values.get(Settings.AUDIT_RETENTION);
    listener = builder.listener;
    warmUp = values.get(Settings.WARM_UP);
    clock = builder.clock;
    if (warmUp > cache.cacheMaximumSize()) {
      throw new IllegalArgumentException(
          "warmUp must be at most cacheMaximumSize (%d), not %d"
              .formatted(cache.cacheMaximumSize(), warmUp));
    }
  }

  private static Scopes scopes(SettingValues values, OwnerSettings owners) {
    Scopes scopes =
        Scopes.of(
            values.get(Settings.SCOPES),
            values.get(Settings.SCOPE_RULES),
            values.get(Settings.SCOPE_ROLES));
    if (scopes.needRoles() && !owners.tellsRoles()) {
      throw new IllegalArgumentException(
          "scopeRoles needs somebody who tells roles: set rolesQuery, ownerRoles or"
              + " ownerDirectory");
    }
    return scopes;
  }

  /** Until the feeds of all nodes have seen it, a deleted key's row must be there. */
  private Duration tombstoneRetention(@Nullable Duration set) {
    Duration min = feed.feedWindow().multipliedBy(2);
    if (set == null) {
      return DEFAULT_RETENTION.compareTo(min) < 0 ? min : DEFAULT_RETENTION;
    }
    if (set.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "tombstoneRetention (%s) must be at least twice feedWindow (%s)"
              .formatted(set, feed.feedWindow()));
    }
    return set;
  }

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that holds these settings. */
  public Builder toBuilder() {
    return builder.copy(values);
  }

  KeyFormat keyFormat() {
    return keyFormat;
  }

  KeyLimits limits() {
    return limits;
  }

  CacheSettings cache() {
    return cache;
  }

  FeedSettings feed() {
    return feed;
  }

  /** Returns all that is set, but for what filters ask of requests. */
  SettingValues values() {
    return values;
  }

  OwnerSettings owners() {
    return owners;
  }

  Scopes scopes() {
    return scopes;
  }

  /** Returns what a filter asks of requests, where it has no settings of its own. */
  public FilterSettings filterSettings() {
    return filter;
  }

  JdbcSettings jdbc() {
    return jdbc;
  }

  Duration lastUsedFlushInterval() {
    return lastUsedFlushInterval;
  }

  Duration tombstoneRetention() {
    return tombstoneRetention;
  }

  Duration auditRetention() {
    return auditRetention;
  }

  @Nullable ApiKeyListener listener() {
    return listener;
  }

  int warmUp() {
    return warmUp;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public String toString() {
    return "ApiKeysConfig[" + limits + ", " + cache + ", " + jdbc + "]";
  }

  /**
   * Collects settings. Each method checks its value, and throws an {@link IllegalArgumentException}
   * that names the setting if it is out of range. Not thread-safe.
   */
  public static final class Builder {
    private final SettingValues values = new SettingValues();
    private FilterSettings.Builder filter = FilterSettings.builder();
    private GivenSettings environment = GivenSettings.NONE;
    private @Nullable DataSource dataSource;
    private @Nullable OwnerRoles ownerRoles;
    private @Nullable OwnerDirectory ownerDirectory;
    private @Nullable ApiKeyListener listener;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /** Returns a builder with values in place of these and of what the environment says. */
    private Builder copy(SettingValues values) {
      Builder copy = new Builder();
      copy.values.setAll(values);
      copy.filter = filter.build().toBuilder();
      copy.dataSource = dataSource;
      copy.ownerRoles = ownerRoles;
      copy.ownerDirectory = ownerDirectory;
      copy.listener = listener;
      copy.clock = clock;
      return copy;
    }

    /** Returns the names that {@link #set} knows, in alphabetical order. */
    public static Set<String> names() {
      return Settings.names(Scope.APPLICATION);
    }

    /**
     * Sets a setting by its name, as an init-param does.
     *
     * @throws IllegalArgumentException naming the setting, if there is no such setting, or if the
     *     text is not of its form or range
     */
    public Builder set(String name, String value) {
      Setting<?> setting = Settings.named(name, Scope.APPLICATION, name);
      if (setting.isFor(Scope.FILTER)) {
        filter.set(name, value);
      } else {
        values.setText(setting, value);
      }
      return this;
    }

    /**
     * Sets a setting by its name, and says where it was given, such as {@code --cache-ttl}. Errors
     * and the log name it so.
     *
     * @throws IllegalArgumentException naming where it was given, if there is no such setting, or
     *     if the text is not of its form or range
     */
    public Builder set(String name, String value, String origin) {
      Setting<?> setting = Settings.named(name, Scope.APPLICATION, origin);
      if (setting.isFor(Scope.FILTER)) {
        filter.set(name, value, origin);
      } else {
        values.set(setting, new Given(value, origin));
      }
      return this;
    }

    /**
     * Takes settings that are not set here from the system properties ({@code latchkey.cacheTtl}),
     * and those that are not set there from the environment variables ({@code LATCHKEY_CACHE_TTL})
     * of this process, as they are now. What filters ask of requests is not among them.
     */
    public Builder fromEnvironment() {
      return fromEnvironment(Environment.DEFAULT_PREFIX);
    }

    /**
     * Takes settings as {@link #fromEnvironment()} does, from variables that begin otherwise, since
     * several applications may share an environment. Those of system properties begin alike.
     *
     * @param prefix capital letters and digits, separated by single underscores: {@code SHOP} reads
     *     {@code SHOP_CACHE_TTL}
     * @throws IllegalArgumentException if it is not of this form
     */
    public Builder fromEnvironment(String prefix) {
      environment = Environment.ofProcess().settings(prefix);
      return this;
    }

    /** Takes settings as {@link #fromEnvironment()} does, from other properties and variables. */
    public Builder fromEnvironment(Properties properties, Map<String, String> variables) {
      environment = new Environment(properties, variables).settings(Environment.DEFAULT_PREFIX);
      return this;
    }

    /**
     * Returns whether a setting was set here, or found by {@link #fromEnvironment()}.
     *
     * @throws IllegalArgumentException naming the setting, if there is no such setting
     */
    public boolean isSet(String name) {
      Setting<?> setting = Settings.named(name, Scope.APPLICATION, name);
      return values.settings().contains(setting)
          || (setting.isFor(Scope.FILTER) && filter.isSet(name))
          || inForce().contains(setting);
    }

    /** Returns what the environment says and nothing here puts out of force. */
    private GivenSettings inForce() {
      Set<Setting<?>> set = new HashSet<>(values.settings());
      if (dataSource != null) { // which its name in JNDI stands for
        set.add(Settings.DATA_SOURCE_JNDI_NAME);
      }
      if (ownerRoles != null || ownerDirectory != null) {
        set.add(Settings.ROLES_QUERY);
      }
      if (ownerDirectory != null) {
        set.add(Settings.OWNER_QUERY);
      }
      return environment.below(set);
    }

    /** Sets the application's own data source, which Latchkey neither opens nor closes. */
    public Builder dataSource(DataSource dataSource) {
      this.dataSource = dataSource;
      return this;
    }

    /** Sets the JNDI name of the application's own data source. */
    public Builder dataSourceJndiName(String dataSourceJndiName) {
      values.set(Settings.DATA_SOURCE_JNDI_NAME, dataSourceJndiName);
      return this;
    }

    /** Sets the JDBC URL of the database; Latchkey opens a connection pool of its own. */
    public Builder jdbcUrl(String jdbcUrl) {
      values.set(Settings.JDBC_URL, jdbcUrl);
      return this;
    }

    /** Sets the account, for {@link #jdbcUrl}. */
    public Builder jdbcUser(String jdbcUser) {
      values.set(Settings.JDBC_USER, jdbcUser);
      return this;
    }

    /** Sets the account's password. */
    public Builder jdbcPassword(String jdbcPassword) {
      values.set(Settings.JDBC_PASSWORD, jdbcPassword);
      return this;
    }

    /**
     * Sets a file that holds the account's password, read for each new connection. Line breaks at
     * its end do not count.
     */
    public Builder jdbcPasswordFile(Path jdbcPasswordFile) {
      values.set(Settings.JDBC_PASSWORD_FILE, jdbcPasswordFile);
      return this;
    }

    /** Sets how many connections the pool of {@link #jdbcUrl} holds: 10. */
    public Builder jdbcPoolSize(int jdbcPoolSize) {
      values.set(Settings.JDBC_POOL_SIZE, jdbcPoolSize);
      return this;
    }

    /** Sets who creates and upgrades the tables: {@link SchemaMigration#APPLY}. */
    public Builder schemaMigration(SchemaMigration schemaMigration) {
      values.set(Settings.SCHEMA_MIGRATION, schemaMigration.name().toLowerCase(Locale.ROOT));
      return this;
    }

    /**
     * Sets the schema of the tables, on MariaDB a database, where it is not the connection's own.
     * {@link SchemaMigration#APPLY} creates it if the account may.
     */
    public Builder tableSchema(String tableSchema) {
      values.set(Settings.TABLE_SCHEMA, tableSchema);
      return this;
    }

    /**
     * Sets whether to start though the database cannot be reached, and to answer 503 until it can:
     * false.
     */
    public Builder startWithoutStore(boolean startWithoutStore) {
      values.set(Settings.START_WITHOUT_STORE, startWithoutStore);
      return this;
    }

    /** Sets the first characters of every key: {@code lk_}. Other keys are rejected. */
    public Builder keyPrefix(String keyPrefix) {
      values.set(Settings.KEY_PREFIX, keyPrefix);
      return this;
    }

    /** Sets how many keys a user may have at once: 1. */
    public Builder maxKeysPerUser(int maxKeysPerUser) {
      values.set(Settings.MAX_KEYS_PER_USER, maxKeysPerUser);
      return this;
    }

    /**
     * Sets the validity of a key for which none is chosen, in days: 90, or {@link #maxValidityDays}
     * if that is less.
     */
    public Builder defaultValidityDays(int defaultValidityDays) {
      values.set(Settings.DEFAULT_VALIDITY_DAYS, defaultValidityDays);
      return this;
    }

    /** Sets the longest validity that can be chosen, in days: 365. */
    public Builder maxValidityDays(int maxValidityDays) {
      values.set(Settings.MAX_VALIDITY_DAYS, maxValidityDays);
      return this;
    }

    /** Sets how many live keys are cached: 100 000. */
    public Builder cacheMaximumSize(int cacheMaximumSize) {
      values.set(Settings.CACHE_MAXIMUM_SIZE, cacheMaximumSize);
      return this;
    }

    /** Sets the age from which a cached key is confirmed again, in the background: 5 minutes. */
    public Builder cacheTtl(Duration cacheTtl) {
      values.set(Settings.CACHE_TTL, cacheTtl);
      return this;
    }

    /** Sets how long after its last confirmation a key is honoured in an outage: 5 minutes. */
    public Builder maxStale(Duration maxStale) {
      values.set(Settings.MAX_STALE, maxStale);
      return this;
    }

    /**
     * Sets how many keys, those used last, are loaded into the cache after a start, beside the
     * requests: 0.
     */
    public Builder warmUp(int warmUp) {
      values.set(Settings.WARM_UP, warmUp);
      return this;
    }

    /** Sets how many unknown hashes are remembered: 10 000. */
    public Builder unknownCacheMaximumSize(int unknownCacheMaximumSize) {
      values.set(Settings.UNKNOWN_CACHE_MAXIMUM_SIZE, unknownCacheMaximumSize);
      return this;
    }

    /** Sets how long an unknown hash is remembered: 30 seconds. */
    public Builder unknownCacheTtl(Duration unknownCacheTtl) {
      values.set(Settings.UNKNOWN_CACHE_TTL, unknownCacheTtl);
      return this;
    }

    /** Sets how long a request waits for the database: 2 seconds. */
    public Builder lookupTimeout(Duration lookupTimeout) {
      values.set(Settings.LOOKUP_TIMEOUT, lookupTimeout);
      return this;
    }

    /** Sets how often changes of other nodes are fetched: every second. */
    public Builder feedInterval(Duration feedInterval) {
      values.set(Settings.FEED_INTERVAL, feedInterval);
      return this;
    }

    /**
     * Sets how far back each fetch reaches, well above any commit's time: 30 seconds, or twice
     * {@link #feedInterval} or {@link #lookupTimeout} if that is more.
     */
    public Builder feedWindow(Duration feedWindow) {
      values.set(Settings.FEED_WINDOW, feedWindow);
      return this;
    }

    /** Sets how often last uses are written: every 5 seconds. */
    public Builder lastUsedFlushInterval(Duration lastUsedFlushInterval) {
      values.set(Settings.LAST_USED_FLUSH_INTERVAL, lastUsedFlushInterval);
      return this;
    }

    /**
     * Sets how long a deleted key's row is kept: 30 days, or twice {@link #feedWindow} if that is
     * more.
     */
    public Builder tombstoneRetention(Duration tombstoneRetention) {
      values.set(Settings.TOMBSTONE_RETENTION, tombstoneRetention);
      return this;
    }

    /** Sets how long events of the audit are kept: 90 days; zero keeps them for ever. */
    public Builder auditRetention(Duration auditRetention) {
      values.set(Settings.AUDIT_RETENTION, auditRetention);
      return this;
    }

    /** Sets who is told what was changed on this node: nobody. */
    public Builder listener(ApiKeyListener listener) {
      this.listener = listener;
      return this;
    }

    /** Sets the realm of the challenges: {@code API}. */
    public Builder realm(String realm) {
      filter.realm(realm);
      return this;
    }

    /** Sets the header that may hold a key besides {@code Authorization}: {@code X-API-Key}. */
    public Builder keyHeader(String keyHeader) {
      filter.keyHeader(keyHeader);
      return this;
    }

    /** Sets whether {@code Authorization} may hold a key without a scheme: false. */
    public Builder acceptBareKey(boolean acceptBareKey) {
      filter.acceptBareKey(acceptBareKey);
      return this;
    }

    /** Sets whether a key may be the password of {@code Authorization: Basic}: false. */
    public Builder acceptBasic(boolean acceptBasic) {
      filter.acceptBasic(acceptBasic);
      return this;
    }

    /** Sets what becomes of a request without a key: {@link KeyRequirement#REQUIRED}. */
    public Builder credentials(KeyRequirement credentials) {
      filter.credentials(credentials);
      return this;
    }

    /** Gives roles to everybody who comes with a key, besides the owner's own: none. */
    public Builder roles(Collection<String> roles) {
      filter.roles(roles);
      return this;
    }

    /**
     * Sets who tells each owner's roles, in place of {@link #rolesQuery}; also beside an {@link
     * #ownerDirectory}, whose roles do not count then.
     */
    public Builder ownerRoles(OwnerRoles ownerRoles) {
      this.ownerRoles = ownerRoles;
      return this;
    }

    /**
     * Sets who tells which owners may use their keys, and their roles, in place of {@link
     * #ownerQuery} and {@link #rolesQuery}.
     */
    public Builder ownerDirectory(OwnerDirectory ownerDirectory) {
      this.ownerDirectory = ownerDirectory;
      return this;
    }

    /**
     * Sets the query of the application's own tables for the roles of owners, such as {@code SELECT
     * user_name, role_name FROM user_roles WHERE user_name IN (?)}: the one {@code ?} stands for
     * many owners.
     */
    public Builder rolesQuery(String rolesQuery) {
      values.setText(Settings.ROLES_QUERY, rolesQuery);
      return this;
    }

    /**
     * Sets the query of the application's own tables for the owners who may use their keys, such as
     * {@code SELECT user_name FROM users WHERE user_name IN (?)}.
     */
    public Builder ownerQuery(String ownerQuery) {
      values.setText(Settings.OWNER_QUERY, ownerQuery);
      return this;
    }

    /** Sets how old the answers about owners may be: 1 minute. */
    public Builder ownerTtl(Duration ownerTtl) {
      values.set(Settings.OWNER_TTL, ownerTtl);
      return this;
    }

    /**
     * Declares the scopes that keys can be limited to, a line each: a name ({@code
     * [A-Za-z0-9._:/-]}, 1 to 64), {@code =}, and what it is for, in words for the user. They take
     * the place of the default, {@code read = Read only}.
     */
    public Builder scopes(String... scopes) {
      values.set(Settings.SCOPES, List.of(scopes));
      return this;
    }

    /**
     * Sets where a limited key needs a scope, a line each: methods, parted by commas, or {@code *};
     * a path; {@code =}; and scopes, parted by spaces, any of which will do. Paths are like {@code
     * /x}, {@code /x/*}, {@code *.x} or {@code /*}. The first line whose path covers the request's
     * chooses the path, and of the lines with that path the first that has the method counts. Where
     * there is none, a limited key is refused. They take the place of the default, {@code
     * GET,HEAD,OPTIONS /* = read}.
     */
    public Builder scopeRules(String... scopeRules) {
      values.set(Settings.SCOPE_RULES, List.of(scopeRules));
      return this;
    }

    /**
     * Sets the role that the owner must have for a scope, when the key is made and when it is used,
     * a line each: the scope, {@code =}, and the role. Somebody must tell roles: {@code
     * rolesQuery}, {@link #ownerRoles} or {@link #ownerDirectory}.
     */
    public Builder scopeRoles(String... scopeRoles) {
      values.set(Settings.SCOPE_ROLES, List.of(scopeRoles));
      return this;
    }

    /** Sets the paths that filters leave to the application altogether: none. */
    public Builder excludedPaths(Collection<String> excludedPaths) {
      filter.excludedPaths(excludedPaths);
      return this;
    }

    /** Sets the clock that expiry is judged by: the system's, in UTC. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws IllegalArgumentException naming the settings that contradict each other, are missing,
     *     or come from the environment and are wrong
     */
    public ApiKeysConfig build() {
      SettingValues all = new SettingValues();
      all.setAll(values);
      inForce().forEach(all::set);
      try {
        return new ApiKeysConfig(this, all);
      } catch (IllegalArgumentException e) {
        throw all.asGiven(e, IllegalArgumentException::new);
      }
    }
  }
}
