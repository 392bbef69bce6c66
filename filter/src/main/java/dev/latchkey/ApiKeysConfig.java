package dev.latchkey;

import dev.latchkey.auth.CacheSettings;
import dev.latchkey.auth.FeedSettings;
import dev.latchkey.key.KeyFormat;
import dev.latchkey.manage.KeyPolicy;
import dev.latchkey.store.SchemaMigration;
import dev.latchkey.store.jdbc.JdbcSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, checked. However it is set (init-params, context-params, code), it
 * comes through {@link Builder}.
 *
 * <p>Immutable. {@code toString} shows no secret.
 */
public final class ApiKeysConfig {
  /** So that sums of nanoseconds do not overflow. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private final KeyFormat keyFormat;
  private final KeyPolicy policy;
  private final CacheSettings cache;
  private final FeedSettings feed;
  private final FilterSettings filter;
  private final JdbcSettings jdbc;
  private final Duration lastUsedFlushInterval;
  private final Duration tombstoneRetention;
  private final int warmUp;
  private final Clock clock;

  private ApiKeysConfig(Builder builder) {
    notEndless("cacheTtl", builder.cacheTtl);
    notEndless("maxStale", builder.maxStale);
    notEndless("unknownCacheTtl", builder.unknownCacheTtl);
    notEndless("lookupTimeout", builder.lookupTimeout);
    notEndless("feedInterval", builder.feedInterval);
    notEndless("lastUsedFlushInterval", builder.lastUsedFlushInterval);
    keyFormat = new KeyFormat(builder.keyPrefix);
    policy =
        new KeyPolicy(
            builder.maxKeysPerUser,
            builder.defaultValidityDays == null
                ? Math.min(KeyPolicy.DEFAULT.defaultValidityDays(), builder.maxValidityDays)
                : builder.defaultValidityDays,
            builder.maxValidityDays);
    cache =
        new CacheSettings(
            builder.cacheMaximumSize,
            builder.cacheTtl,
            builder.maxStale,
            builder.unknownCacheMaximumSize,
            builder.unknownCacheTtl,
            builder.lookupTimeout);
    feed =
        new FeedSettings(
            builder.feedInterval,
            following(
                "feedWindow",
                builder.feedWindow,
                FeedSettings.DEFAULT.feedWindow(),
                longer(builder.feedInterval, builder.lookupTimeout)));
    filter = builder.filter;
    jdbc =
        new JdbcSettings(
            builder.dataSource,
            builder.dataSourceJndiName,
            builder.jdbcUrl,
            builder.jdbcUser,
            builder.jdbcPassword,
            builder.jdbcPasswordFile,
            builder.jdbcPoolSize,
            builder.lookupTimeout,
            builder.schemaMigration,
            builder.startWithoutStore);
    lastUsedFlushInterval = builder.lastUsedFlushInterval;
    tombstoneRetention =
        following(
            "tombstoneRetention",
            builder.tombstoneRetention,
            Builder.TOMBSTONE_RETENTION,
            feed.feedWindow());
    warmUp = builder.warmUp;
    clock = builder.clock;
    if (warmUp < 0 || warmUp > builder.cacheMaximumSize) {
      throw new IllegalArgumentException(
          "warmUp must be from 0 to cacheMaximumSize (%d), not %d"
              .formatted(builder.cacheMaximumSize, warmUp));
    }
    if (lastUsedFlushInterval.isNegative() || lastUsedFlushInterval.isZero()) {
      throw new IllegalArgumentException(
          "lastUsedFlushInterval must be positive, not " + lastUsedFlushInterval);
    }
    // A change may be dated by so much before it can be seen.
    if (feed.feedWindow().compareTo(cache.lookupTimeout().multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "feedWindow (%s) must be at least twice lookupTimeout (%s)"
              .formatted(feed.feedWindow(), cache.lookupTimeout()));
    }
    // Until the feeds of all nodes have seen it, a deleted key's row must be there.
    if (tombstoneRetention.compareTo(feed.feedWindow().multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "tombstoneRetention must be at least twice feedWindow, not " + tombstoneRetention);
    }
  }

  /** Returns what is set; else the default, or what must be twice as long as something set. */
  private static Duration following(
      String name, @Nullable Duration set, Duration byDefault, Duration half) {
    if (set == null) {
      return longer(byDefault, half.multipliedBy(2));
    }
    notEndless(name, set);
    return set;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static void notEndless(String name, Duration value) {
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be at most " + LONGEST + ", not " + value);
    }
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  KeyFormat keyFormat() {
    return keyFormat;
  }

  KeyPolicy policy() {
    return policy;
  }

  CacheSettings cache() {
    return cache;
  }

  FeedSettings feed() {
    return feed;
  }

  /** What a filter asks of requests, where it has no settings of its own. */
  public FilterSettings filter() {
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

  int warmUp() {
    return warmUp;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public String toString() {
    return "ApiKeysConfig[" + policy + ", " + cache + ", " + jdbc + "]";
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private static final Duration TOMBSTONE_RETENTION = Duration.ofDays(30);

    private String keyPrefix = KeyFormat.DEFAULT.prefix();
    private int maxKeysPerUser = KeyPolicy.DEFAULT.maxKeysPerUser();
    private @Nullable Integer defaultValidityDays;
    private int maxValidityDays = KeyPolicy.DEFAULT.maxValidityDays();
    private int cacheMaximumSize = (int) CacheSettings.DEFAULT.cacheMaximumSize();
    private Duration cacheTtl = CacheSettings.DEFAULT.cacheTtl();
    private Duration maxStale = CacheSettings.DEFAULT.maxStale();
    private int unknownCacheMaximumSize = (int) CacheSettings.DEFAULT.unknownCacheMaximumSize();
    private Duration unknownCacheTtl = CacheSettings.DEFAULT.unknownCacheTtl();
    private Duration lookupTimeout = CacheSettings.DEFAULT.lookupTimeout();
    private Duration feedInterval = FeedSettings.DEFAULT.feedInterval();
    private @Nullable Duration feedWindow;
    private FilterSettings filter = FilterSettings.DEFAULT;
    private @Nullable DataSource dataSource;
    private @Nullable String dataSourceJndiName;
    private @Nullable String jdbcUrl;
    private @Nullable String jdbcUser;
    private @Nullable String jdbcPassword;
    private @Nullable Path jdbcPasswordFile;
    private int jdbcPoolSize = 10;
    private SchemaMigration schemaMigration = SchemaMigration.APPLY;
    private boolean startWithoutStore;
    private Duration lastUsedFlushInterval = Duration.ofSeconds(5);
    private @Nullable Duration tombstoneRetention;
    private int warmUp;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /** The names that {@link #set} knows, in alphabetical order. */
    public static Set<String> names() {
      return NamedSettings.NAMES;
    }

    /**
     * Sets a setting by its name, as an init-param does.
     *
     * @throws IllegalArgumentException naming the setting, if there is none such or the text is not
     *     of its form
     */
    public Builder set(String name, String value) {
      NamedSettings.set(this, name, value);
      return this;
    }

    /** The application's own data source. We neither open nor close it. */
    public Builder dataSource(DataSource dataSource) {
      this.dataSource = dataSource;
      return this;
    }

    /** Where the application's own data source is bound. */
    public Builder dataSourceJndiName(String dataSourceJndiName) {
      this.dataSourceJndiName = dataSourceJndiName;
      return this;
    }

    /** Where to open a connection pool of our own to. */
    public Builder jdbcUrl(String jdbcUrl) {
      this.jdbcUrl = jdbcUrl;
      return this;
    }

    /** The account, for {@link #jdbcUrl}. */
    public Builder jdbcUser(String jdbcUser) {
      this.jdbcUser = jdbcUser;
      return this;
    }

    /** Its password. */
    public Builder jdbcPassword(String jdbcPassword) {
      this.jdbcPassword = jdbcPassword;
      return this;
    }

    /**
     * A file with its password, read for each new connection. Line ends at the end do not count.
     */
    public Builder jdbcPasswordFile(Path jdbcPasswordFile) {
      this.jdbcPasswordFile = jdbcPasswordFile;
      return this;
    }

    /** How many connections our pool holds: 10. */
    public Builder jdbcPoolSize(int jdbcPoolSize) {
      this.jdbcPoolSize = jdbcPoolSize;
      return this;
    }

    /** Who creates and upgrades our tables: we do, at start. */
    public Builder schemaMigration(SchemaMigration schemaMigration) {
      this.schemaMigration = schemaMigration;
      return this;
    }

    /** Whether to start though the database cannot be reached, answering 503 until it is. */
    public Builder startWithoutStore(boolean startWithoutStore) {
      this.startWithoutStore = startWithoutStore;
      return this;
    }

    /** What every key starts with: {@code lk_}. Keys with another prefix are refused. */
    public Builder keyPrefix(String keyPrefix) {
      this.keyPrefix = keyPrefix;
      return this;
    }

    /** How many keys a user may have at once: 1. */
    public Builder maxKeysPerUser(int maxKeysPerUser) {
      this.maxKeysPerUser = maxKeysPerUser;
      return this;
    }

    /**
     * The validity of a key for which none is chosen, in days: 90, or {@link #maxValidityDays} if
     * that is less.
     */
    public Builder defaultValidityDays(int defaultValidityDays) {
      this.defaultValidityDays = defaultValidityDays;
      return this;
    }

    /** The longest validity that may be chosen, in days: 365. */
    public Builder maxValidityDays(int maxValidityDays) {
      this.maxValidityDays = maxValidityDays;
      return this;
    }

    /** How many live keys are cached: 100 000. */
    public Builder cacheMaximumSize(int cacheMaximumSize) {
      this.cacheMaximumSize = cacheMaximumSize;
      return this;
    }

    /** The age from which a cached key is confirmed again: 5 minutes. */
    public Builder cacheTtl(Duration cacheTtl) {
      this.cacheTtl = cacheTtl;
      return this;
    }

    /** How long past its last confirmation a key is honoured in an outage: 5 minutes. */
    public Builder maxStale(Duration maxStale) {
      this.maxStale = maxStale;
      return this;
    }

    /**
     * How many keys, those that were used last, are loaded into the cache after a start, beside the
     * requests: 0.
     */
    public Builder warmUp(int warmUp) {
      this.warmUp = warmUp;
      return this;
    }

    /** How many unknown hashes are remembered: 10 000. */
    public Builder unknownCacheMaximumSize(int unknownCacheMaximumSize) {
      this.unknownCacheMaximumSize = unknownCacheMaximumSize;
      return this;
    }

    /** For how long an unknown hash is remembered: 30 seconds. */
    public Builder unknownCacheTtl(Duration unknownCacheTtl) {
      this.unknownCacheTtl = unknownCacheTtl;
      return this;
    }

    /** How long a request waits for the store: 2 seconds. */
    public Builder lookupTimeout(Duration lookupTimeout) {
      this.lookupTimeout = lookupTimeout;
      return this;
    }

    /** How often changes of other nodes are asked for: every second. */
    public Builder feedInterval(Duration feedInterval) {
      this.feedInterval = feedInterval;
      return this;
    }

    /**
     * How far back each such question reaches, well above any commit's time: 30 seconds, or twice
     * {@link #feedInterval} or {@link #lookupTimeout} if that is more.
     */
    public Builder feedWindow(Duration feedWindow) {
      this.feedWindow = feedWindow;
      return this;
    }

    /** How often it is written when keys were last used: every 5 seconds. */
    public Builder lastUsedFlushInterval(Duration lastUsedFlushInterval) {
      this.lastUsedFlushInterval = lastUsedFlushInterval;
      return this;
    }

    /** How long a deleted key's row is kept: 30 days, or twice {@link #feedWindow} if more. */
    public Builder tombstoneRetention(Duration tombstoneRetention) {
      this.tombstoneRetention = tombstoneRetention;
      return this;
    }

    FilterSettings filter() {
      return filter;
    }

    /** What a filter asks of requests, where it has no settings of its own. */
    public Builder filter(FilterSettings filter) {
      this.filter = filter;
      return this;
    }

    /** What expiry is judged by: the system's clock. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public ApiKeysConfig build() {
      return new ApiKeysConfig(this);
    }
  }
}
