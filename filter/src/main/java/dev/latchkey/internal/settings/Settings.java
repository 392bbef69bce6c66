package dev.latchkey.internal.settings;

import static dev.latchkey.internal.settings.Setting.Group.ESSENTIAL;
import static dev.latchkey.internal.settings.Setting.Group.OFTEN;
import static dev.latchkey.internal.settings.Setting.Group.SELDOM;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.path.PathPattern;
import dev.latchkey.internal.scope.ScopeLines;
import dev.latchkey.internal.settings.Setting.Group;
import dev.latchkey.internal.settings.Setting.Scope;
import dev.latchkey.internal.store.OwnerQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of settings. Contradictions between settings are told where these are used. */
public final class Settings {
  private static final Map<String, Setting<?>> BY_NAME = new LinkedHashMap<>(); // filled by row
  private static final Duration MAX_DURATION = Duration.ofDays(10_000); // sums of nanoseconds fit
  private static final SettingType<Duration> NOT_NEGATIVE = SettingType.duration(MAX_DURATION);
  private static final SettingType<Duration> POSITIVE = SettingType.positiveDuration(MAX_DURATION);
  private static final SettingType<Integer> SIZE = SettingType.integer(0, Integer.MAX_VALUE);
  private static final SettingType<Integer> VALIDITY_DAYS = SettingType.integer(1, 36_500);
  private static final Pattern SCHEMA_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern REALM_TEXT = Pattern.compile("[ !#-\\[\\]-~]+");
  private static final Set<String> RESERVED_HEADERS = Set.of("authorization", "cookie", "host");

  public static final Setting<String> JDBC_URL =
      shown(
          JdbcUrl::withoutSecrets,
          row(
              ESSENTIAL,
              "jdbcUrl",
              SettingType.anyText(),
              null,
              "",
              "JDBC URL of the database; Latchkey opens a connection pool of its own"));
  public static final Setting<String> JDBC_USER =
      row(ESSENTIAL, "jdbcUser", SettingType.anyText(), null, "", "the account, for `jdbcUrl`");
  public static final Setting<String> JDBC_PASSWORD =
      secret(row(ESSENTIAL, "jdbcPassword", SettingType.anyText(), null, "", "its password"));
  public static final Setting<Path> JDBC_PASSWORD_FILE =
      row(
          ESSENTIAL,
          "jdbcPasswordFile",
          SettingType.path(),
          null,
          "",
          "or a file that holds it, read for each new connection; line breaks at its end do not count");
  public static final Setting<String> DATA_SOURCE_JNDI_NAME =
      row(
          ESSENTIAL,
          "dataSourceJndiName",
          SettingType.anyText(),
          null,
          "",
          "in place of `jdbcUrl`: the name of your own `DataSource`, such as `jdbc/shop`. A name without `java:` is looked up under `java:comp/env/`, which in Open Liberty needs a `<resource-ref>`; [which one is fit](docs/datasources.md)");
  public static final Setting<Integer> MAX_KEYS_PER_USER =
      row(
          ESSENTIAL,
          "maxKeysPerUser",
          SettingType.integer(1, 1000),
          1,
          "`1`",
          "keys a user may have at once");
  public static final Setting<Integer> DEFAULT_VALIDITY_DAYS =
      row(
          ESSENTIAL,
          "defaultValidityDays",
          VALIDITY_DAYS,
          null,
          "`90`, or `maxValidityDays` if that is less",
          "validity of a key for which none is chosen, in days");
  public static final Setting<Integer> MAX_VALIDITY_DAYS =
      row(
          ESSENTIAL,
          "maxValidityDays",
          VALIDITY_DAYS,
          365,
          "`365`",
          "longest validity that can be chosen, in days");
  public static final Setting<String> KEY_PREFIX =
      row(
          OFTEN,
          "keyPrefix",
          SettingType.text(
              "one to five ASCII letters or digits and then an underscore", KeyFormat::isPrefix),
          KeyFormat.DEFAULT.prefix(),
          "`lk_`",
          "first characters of every key; keys with another prefix are rejected");
  public static final Setting<String> SCHEMA_MIGRATION =
      row(
          OFTEN,
          "schemaMigration",
          SettingType.oneOf("apply", "none"),
          "apply",
          "`apply`",
          "`apply`: create and upgrade the tables at start; `none`: you do, with the files in `latchkey-schema/` of the jar");
  public static final Setting<String> TABLE_SCHEMA =
      row(
          OFTEN,
          "tableSchema",
          SettingType.text(
              "1 to 63 ASCII letters, digits or underscores, and no digit first",
              SCHEMA_NAME.asMatchPredicate()),
          null,
          "",
          "schema of Latchkey's tables (on MariaDB a database), where it is not the connection's own; `schemaMigration=apply` creates it if it may");
  public static final Setting<Boolean> START_WITHOUT_STORE =
      row(
          OFTEN,
          "startWithoutStore",
          SettingType.bool(),
          false,
          "`false`",
          "start though the database cannot be reached, and answer 503 until it can");
  public static final Setting<Integer> JDBC_POOL_SIZE =
      row(
          OFTEN,
          "jdbcPoolSize",
          SettingType.integer(1, Integer.MAX_VALUE),
          10,
          "`10`",
          "connections in the pool of `jdbcUrl`");
  public static final Setting<Duration> MAX_STALE =
      row(
          OFTEN,
          "maxStale",
          NOT_NEGATIVE,
          Duration.ofMinutes(5),
          "`PT5M`",
          "how long after its last confirmation, by look-up or by the change feed, a key is honoured while the database is down, whatever `cacheTtl`; `PT0S` fails closed after three times `feedInterval`");
  public static final Setting<String> REALM =
      forFilters(
          row(
              OFTEN,
              "realm",
              SettingType.text(
                  "printable ASCII without quotes and backslashes", REALM_TEXT.asMatchPredicate()),
              "API",
              "`API`",
              "realm of the challenges"));
  public static final Setting<String> KEY_HEADER =
      forFilters(
          row(
              OFTEN,
              "keyHeader",
              SettingType.text(
                  "the name of a header of its own, such as X-API-Key", Settings::isHeader),
              "X-API-Key",
              "`X-API-Key`",
              "header that may hold a key besides `Authorization`"));
  public static final Setting<Boolean> ACCEPT_BARE_KEY =
      forFilters(
          row(
              OFTEN,
              "acceptBareKey",
              SettingType.bool(),
              false,
              "`false`",
              "whether `Authorization` may hold a key without `Bearer`"));
  public static final Setting<Boolean> ACCEPT_BASIC =
      forFilters(
          row(
              OFTEN,
              "acceptBasic",
              SettingType.bool(),
              false,
              "`false`",
              "whether a key may be the password of `Authorization: Basic`, for git, Maven and others that know no `Bearer`"));
  public static final Setting<String> CREDENTIALS =
      forFilters(
          row(
              OFTEN,
              "credentials",
              SettingType.oneOf("required", "optional"),
              "required",
              "`required`",
              "`optional`: requests without a key pass as anonymous; bad keys are still rejected"));
  public static final Setting<List<String>> ROLES =
      forFilters(
          row(
              OFTEN,
              "roles",
              SettingType.list("a list of names, separated by commas", name -> !name.isEmpty()),
              List.of(),
              "",
              "roles of everybody who comes with a key, besides the owner's own"));
  public static final Setting<OwnerQuery> ROLES_QUERY =
      row(
          OFTEN,
          "rolesQuery",
          SettingType.ownerQuery(),
          null,
          "",
          "query of your own tables, in the same database, for the roles of many owners at once: the owner in its first column, a role in its second; [with Tomcat's tables](docs/rights.md)");
  public static final Setting<OwnerQuery> OWNER_QUERY =
      row(
          OFTEN,
          "ownerQuery",
          SettingType.ownerQuery(),
          null,
          "",
          "query of your own tables for the owners who may use their keys, in its first column; keys of others get 401");
  public static final Setting<Duration> OWNER_TTL =
      row(
          OFTEN,
          "ownerTtl",
          POSITIVE,
          Duration.ofMinutes(1),
          "`PT1M`",
          "how old the answers of `rolesQuery`, `ownerQuery`, or your code in their place, may be; they are renewed in the background. While there is no answer, the last one counts until `maxStale`");
  public static final Setting<List<String>> EXCLUDED_PATHS =
      forFilters(
          row(
              OFTEN,
              "excludedPaths",
              SettingType.list(
                  "a list of paths, separated by commas: /x, /x/*, *.x or /*",
                  PathPattern::isPattern),
              List.of(),
              "",
              "paths that the filter leaves to the application: `/x` (and `/x/`), `/x/*`, `*.x` or `/*`"));
  public static final Setting<List<String>> SCOPES =
      row(
          OFTEN,
          "scopes",
          SettingType.lines(
              "a line each: the name of a scope, =, and what it is for", ScopeLines::isNamed),
          List.of("read = Read only"),
          "`read = Read only`",
          "what keys can be limited to, and what the page says of it; [scopes](docs/scopes.md)");
  public static final Setting<List<String>> SCOPE_RULES =
      row(
          OFTEN,
          "scopeRules",
          SettingType.lines(
              "a line each: methods, separated by commas, or *; a path: /x, /x/*, *.x or /*; =; and scopes, separated by spaces",
              ScopeLines::isRule),
          List.of("GET,HEAD,OPTIONS /* = read"),
          "`GET,HEAD,OPTIONS /* = read`",
          "which scopes, any of them, a limited key needs where; the first line whose path covers the request's chooses the path, and of the lines with that path the first that has the method counts");
  public static final Setting<List<String>> SCOPE_ROLES =
      row(
          OFTEN,
          "scopeRoles",
          SettingType.lines("a line each: the name of a scope, =, and a role", ScopeLines::isNamed),
          List.of(),
          "",
          "the role that the owner must have for a scope, when the key is made and when it is used");
  public static final Setting<Integer> CACHE_MAXIMUM_SIZE =
      row(SELDOM, "cacheMaximumSize", SIZE, 100_000, "`100000`", "live keys held in memory");
  public static final Setting<Duration> CACHE_TTL =
      row(
          SELDOM,
          "cacheTtl",
          NOT_NEGATIVE,
          Duration.ofMinutes(5),
          "`PT5M`",
          "age at which a cached key is confirmed again, in the background");
  public static final Setting<Integer> UNKNOWN_CACHE_MAXIMUM_SIZE =
      row(
          SELDOM,
          "unknownCacheMaximumSize",
          SIZE,
          10_000,
          "`10000`",
          "unknown hashes held in memory, apart from the live keys");
  public static final Setting<Duration> UNKNOWN_CACHE_TTL =
      row(
          SELDOM,
          "unknownCacheTtl",
          NOT_NEGATIVE,
          Duration.ofSeconds(30),
          "`PT30S`",
          "how long an unknown hash is remembered");
  public static final Setting<Integer> WARM_UP =
      row(
          SELDOM,
          "warmUp",
          SIZE,
          0,
          "`0`",
          "keys, those used last, that are loaded into memory after a start, beside the requests; at most `cacheMaximumSize`");
  public static final Setting<Duration> LOOKUP_TIMEOUT =
      row(
          SELDOM,
          "lookupTimeout",
          POSITIVE,
          Duration.ofSeconds(2),
          "`PT2S`",
          "how long a request waits for the database; then 503");
  public static final Setting<Duration> FEED_INTERVAL =
      row(
          SELDOM,
          "feedInterval",
          POSITIVE,
          Duration.ofSeconds(1),
          "`PT1S`",
          "how often changes of other nodes are fetched");
  public static final Setting<Duration> FEED_WINDOW =
      row(
          SELDOM,
          "feedWindow",
          POSITIVE,
          null,
          "`PT30S`, or more if that must be",
          "how far back each fetch reaches; well above the time a commit takes, and at least twice `feedInterval` and `lookupTimeout`");
  public static final Setting<Duration> LAST_USED_FLUSH_INTERVAL =
      row(
          SELDOM,
          "lastUsedFlushInterval",
          POSITIVE,
          Duration.ofSeconds(5),
          "`PT5S`",
          "how often last uses are written");
  public static final Setting<Duration> TOMBSTONE_RETENTION =
      row(
          SELDOM,
          "tombstoneRetention",
          POSITIVE,
          null,
          "`P30D`, or more if that must be",
          "how long a deleted key's row is kept; at least twice `feedWindow`");
  public static final Setting<Duration> AUDIT_RETENTION =
      row(
          SELDOM,
          "auditRetention",
          NOT_NEGATIVE,
          Duration.ofDays(90),
          "`P90D`",
          "how long events of the audit are kept; `PT0S`: for ever");

  /** A source that sets the key of this map puts its values out of force in the sources below. */
  private static final Map<Setting<?>, Set<Setting<?>>> ALTERNATIVES =
      Map.of(
          JDBC_URL, Set.of(DATA_SOURCE_JNDI_NAME),
          // Which has an account of its own.
          DATA_SOURCE_JNDI_NAME, Set.of(JDBC_URL, JDBC_USER, JDBC_PASSWORD, JDBC_PASSWORD_FILE),
          JDBC_PASSWORD, Set.of(JDBC_PASSWORD_FILE),
          JDBC_PASSWORD_FILE, Set.of(JDBC_PASSWORD));

  private Settings() {}

  /** Returns all settings, in the documentation's order. */
  public static List<Setting<?>> all() {
    return List.copyOf(BY_NAME.values());
  }

  /** Returns the names of settings, in alphabetical order: all, or those that a filter may set. */
  public static Set<String> names(Scope scope) {
    Set<String> names = new TreeSet<>();
    for (Setting<?> setting : BY_NAME.values()) {
      if (setting.isFor(scope)) {
        names.add(setting.name());
      }
    }
    return Collections.unmodifiableSet(names);
  }

  /**
   * Finds a setting.
   *
   * @param scope who asks: a filter has some only
   * @param origin where it was given
   * @throws IllegalArgumentException naming it, if there is no such setting
   */
  public static Setting<?> named(String name, Scope scope, String origin) {
    Setting<?> setting = BY_NAME.get(name);
    if (setting == null || !setting.isFor(scope)) {
      throw new IllegalArgumentException(
          Given.name(name, origin)
              + " is not a setting here; the settings are "
              + String.join(", ", names(scope)));
    }
    return setting;
  }

  /** Returns the settings that one puts out of force in the sources below that which names it. */
  static Set<Setting<?>> alternativesOf(Setting<?> setting) {
    return ALTERNATIVES.getOrDefault(setting, Set.of());
  }

  private static <T> Setting<T> row(
      Group group,
      String name,
      SettingType<T> type,
      @Nullable T byDefault,
      String defaultText,
      String meaning) {
    return listed(
        new Setting<>(
            name,
            type,
            byDefault,
            defaultText,
            group,
            Scope.APPLICATION,
            UnaryOperator.identity(),
            meaning));
  }

  private static <T> Setting<T> forFilters(Setting<T> row) {
    return listed(row.withScope(Scope.FILTER));
  }

  private static <T> Setting<T> secret(Setting<T> row) {
    return listed(row.asSecret());
  }

  private static <T> Setting<T> shown(UnaryOperator<String> shown, Setting<T> row) {
    return listed(row.shownAs(shown));
  }

  private static <T> Setting<T> listed(Setting<T> row) {
    BY_NAME.put(row.name(), row);
    return row;
  }

  private static boolean isHeader(String name) {
    return HEADER_NAME.matcher(name).matches()
        && !RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT));
  }
}
