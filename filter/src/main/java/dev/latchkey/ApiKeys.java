package dev.latchkey;

import static java.util.Objects.requireNonNull;

import dev.latchkey.auth.AuthResult;
import dev.latchkey.auth.FeedState;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.audit.Publisher;
import dev.latchkey.internal.auth.AuthOutcome;
import dev.latchkey.internal.auth.CachingAuthenticator;
import dev.latchkey.internal.auth.ChangeFeed;
import dev.latchkey.internal.auth.LastUsed;
import dev.latchkey.internal.auth.Outcome;
import dev.latchkey.internal.auth.OwnerCache;
import dev.latchkey.internal.auth.OwnerSource;
import dev.latchkey.internal.auth.RequestAuthenticator;
import dev.latchkey.internal.auth.WarmUp;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.manage.Aftermath;
import dev.latchkey.internal.manage.EventLists;
import dev.latchkey.internal.manage.HolderRevocations;
import dev.latchkey.internal.manage.KeyChanges;
import dev.latchkey.internal.manage.Pace;
import dev.latchkey.internal.manage.Revocations;
import dev.latchkey.internal.manage.ScopeGrants;
import dev.latchkey.internal.manage.StoreAdministration;
import dev.latchkey.internal.manage.StoreApiKeyService;
import dev.latchkey.internal.scope.Scopes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.DatabaseInfo;
import dev.latchkey.internal.store.jdbc.JdbcStores;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKeyAdministration;
import dev.latchkey.manage.ApiKeyService;
import dev.latchkey.manage.InvalidValueException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An application's API keys: one instance, which the filter asks and the servlet manages. Close
 * what you open.
 *
 * <p>Thread-safe.
 */
public final class ApiKeys implements AutoCloseable {
  /** The name of the {@code ServletContext} attribute by which filters and servlets share it. */
  public static final String ATTRIBUTE = "dev.latchkey.ApiKeys";

  /** The {@code getAuthType()} of a request that carries a key. */
  public static final String AUTH_TYPE = "API_KEY";

  private static final Logger log = System.getLogger(ApiKeys.class.getName());
  private static final int MAX_PENDING_USES = 100_000;

  private final FilterSettings filterSettings;
  private final Duration maxLag;
  private final ApiKeyStore store;
  private final KeyParser parser;
  private final CachingAuthenticator authenticator;
  private final RequestAuthenticator requests;
  private final Scopes scopes;
  private final ChangeFeed feed;
  private final LastUsed lastUsed;
  private final ApiKeyService service;
  private final ApiKeyAdministration administration;
  private final WarmUp warmUp;
  private final Revocations revocations;
  private final HolderRevocations holders;
  private final Workers workers;

  private ApiKeys(
      ApiKeysConfig config, ApiKeyStore store, OwnerSource ownerSource, Workers workers) {
    this.store = store;
    this.workers = workers;
    filterSettings = config.filterSettings();
    maxLag = config.feed().feedInterval().plus(config.cache().lookupTimeout()).multipliedBy(2);
    KeyHasher hasher = new KeyHasher();
    parser = new KeyParser(config.keyFormat(), hasher);
    lastUsed = new LastUsed(store, MAX_PENDING_USES, System::nanoTime);
    OwnerCache owners =
        new OwnerCache(ownerSource, config.cache(), workers.owners(), System::nanoTime);
    authenticator =
        new CachingAuthenticator(
            store,
            config.cache(),
            config.feed().feedInterval(),
            config.clock(),
            System::nanoTime,
            workers.lookups(),
            lastUsed,
            owners);
    requests = new RequestAuthenticator(parser, authenticator);
    scopes = config.scopes();
    Aftermath aftermath =
        new Aftermath(
            authenticator::invalidate,
            owners::invalidate,
            new Publisher(config.listener(), workers.listener())::publish);
    KeyChanges keys =
        new KeyChanges(
            store,
            new KeyGenerator(config.keyFormat(), new SecureRandom()),
            hasher,
            parser,
            config.limits(),
            new ScopeGrants(scopes, owners::rolesOf),
            config.clock(),
            aftermath);
    EventLists events = new EventLists(store.administration());
    service = new StoreApiKeyService(keys, events);
    revocations = new Revocations(store, config.clock(), aftermath);
    holders = new HolderRevocations(parser, authenticator::findStored, revocations);
    administration =
        new StoreAdministration(
            store, keys, revocations, events, parser, config.clock(), Pace.ofSystem());
    feed =
        new ChangeFeed(
            store, authenticator, config.feed().feedWindow(), config.clock(), System::nanoTime);
    workers.scheduleAtFixedRate(Duration.ZERO, config.feed().feedInterval(), "feed", feed::poll);
    if (ownerSource.isAsked()) {
      Duration interval = owners.renewalInterval();
      workers.scheduleAtFixedRate(interval, interval, "owners", owners::renew);
    }
    warmUp = new WarmUp(store, authenticator, config.warmUp());
    if (config.warmUp() > 0) {
      workers.runOnce(
          "warm-up",
          () -> {
            if (feed.awaitBeginning()) {
              warmUp.run();
            }
          });
    }
    Duration flushInterval = config.lastUsedFlushInterval();
    workers.scheduleAtFixedRate(flushInterval, flushInterval, "last-used", lastUsed::flush);
    workers.scheduleAtFixedRate(
        Workers.PURGE_INTERVAL, Workers.PURGE_INTERVAL, "purge", () -> purge(store, config));
  }

  static void purge(ApiKeyStore store, ApiKeysConfig config) {
    try {
      store.purge(config.tombstoneRetention());
    } finally {
      if (!config.auditRetention().isZero()) {
        store.administration().purgeEvents(config.auditRetention());
      }
    }
  }

  /**
   * Connects to the database and starts the background work. One line of the log says which
   * database and which settings they are, without secrets.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   * @throws StoreException if the database cannot be reached and {@code startWithoutStore} is not
   *     set
   */
  public static ApiKeys open(ApiKeysConfig config) {
    ApiKeyStore store = store(config);
    Workers workers = new Workers();
    try {
      OwnerSource owners = new OwnerSource(config.owners(), store);
      check(config, owners);
      ApiKeys apiKeys = new ApiKeys(config, store, owners, workers);
      log.log(Level.INFO, StartReport.of(config, apiKeys.databaseInfo()));
      return apiKeys;
    } catch (RuntimeException | Error e) { // such as a library that is missing
      try (store) {
        workers.close(() -> {});
      } catch (RuntimeException | Error more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /** Has wrong queries stop the start; a database that does not answer is an outage. */
  private static void check(ApiKeysConfig config, OwnerSource owners) {
    try {
      owners.check();
    } catch (IllegalArgumentException e) {
      throw config.values().asGiven(e, IllegalArgumentException::new);
    } catch (StoreException e) {
      log.log(
          Level.WARNING,
          Causes.explain("Latchkey: rolesQuery and ownerQuery could not be tried at start", e));
    }
  }

  private static ApiKeyStore store(ApiKeysConfig config) {
    try {
      return JdbcStores.open(config.jdbc());
    } catch (IllegalArgumentException e) {
      throw config.values().asGiven(e, IllegalArgumentException::new);
    } catch (StoreException e) {
      throw config.values().asGiven(e, StoreException::new);
    }
  }

  /**
   * Asks the database for its product and version, such as {@code MariaDB 11.4.5}.
   *
   * @return empty if it cannot answer now
   */
  public Optional<String> database() {
    return databaseInfo().map(DatabaseInfo::product);
  }

  private Optional<DatabaseInfo> databaseInfo() {
    try {
      return store.database();
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /** Returns what a filter asks of requests, where it has no settings of its own. */
  public FilterSettings filterSettings() {
    return filterSettings;
  }

  /**
   * Decides about a key outside the filter, as for a protocol other than HTTP. The use of a live
   * key is recorded, without an address. It blocks for little longer than {@code lookupTimeout} at
   * most, and never throws for an outage.
   *
   * @param key the whole key; of a text that is none, nothing goes further than the parser
   */
  public AuthResult authenticate(String key) {
    AuthOutcome outcome = requests.authenticate(requireNonNull(key, "key"), 0, () -> "");
    if (outcome instanceof AuthOutcome.Granted granted) {
      return AuthResult.granted(
          granted.principal(), Instant.ofEpochMilli(granted.effectiveExpiryMillis()));
    }
    if (outcome instanceof AuthOutcome.Expired expired) {
      return AuthResult.expired(expired.at());
    }
    if (outcome instanceof AuthOutcome.NoKey) {
      requests.outcomes().count(Outcome.INVALID_KEY);
    }
    return outcome instanceof AuthOutcome.Unavailable
        ? AuthResult.unavailable()
        : AuthResult.invalid();
  }

  /** Returns what owners may do with their own keys. */
  public ApiKeyService service() {
    return service;
  }

  /** Returns what the application, or its administrators, may do with anybody's keys. */
  public ApiKeyAdministration administration() {
    return administration;
  }

  /**
   * Disables an owner. Call this when the application disables an account. When it returns, this
   * node rejects all keys of the owner, including ones added later; other nodes follow within about
   * {@code feedInterval}. Idempotent.
   *
   * @throws InvalidValueException if nobody can have this name
   * @throws StoreException if the database cannot answer; then call again
   */
  public void ownerDisabled(String owner) {
    revocations.disableOwner(requireNonNull(owner, "owner"), Actor.application());
  }

  /**
   * Enables an owner. Call this when the application enables an account again: the owner's keys
   * count as they did before. Idempotent.
   *
   * @throws InvalidValueException if nobody can have this name
   * @throws StoreException if the database cannot answer; then call again
   */
  public void ownerEnabled(String owner) {
    revocations.enableOwner(requireNonNull(owner, "owner"), Actor.application());
  }

  /**
   * Makes an owner a service: its keys count though {@code ownerQuery}, or the {@code
   * OwnerDirectory}, does not know it; it has the roles that {@code OwnerRoles}, {@code rolesQuery}
   * or the {@code OwnerDirectory} tells of it, if any. It stays a service until {@link
   * #removeServiceOwner} or {@link #ownerDeleted}. When it returns, this node knows; other nodes
   * follow within about {@code feedInterval}. Idempotent.
   *
   * @throws InvalidValueException if nobody can have this name
   * @throws StoreException if the database cannot answer; then call again
   */
  public void addServiceOwner(String owner) {
    revocations.addServiceOwner(requireNonNull(owner, "owner"));
  }

  /**
   * Makes a service an owner like others again: its keys count as long as {@code ownerQuery}, or
   * the {@code OwnerDirectory}, knows it. When it returns, this node knows; other nodes follow
   * within about {@code feedInterval}. Idempotent, also of an owner who never was a service.
   *
   * @throws InvalidValueException if nobody can have this name
   * @throws StoreException if the database cannot answer; then call again
   */
  public void removeServiceOwner(String owner) {
    revocations.removeServiceOwner(requireNonNull(owner, "owner"));
  }

  /**
   * Deletes all keys of an owner, those in their grace period included, and all else that is kept
   * of the owner but the audit. Call this when the application deletes an account, after its
   * sessions have ended: when it returns, this node rejects the keys, and other nodes follow within
   * about {@code feedInterval}. An account that gets the name later starts with no key, and
   * enabled. Idempotent.
   *
   * @throws InvalidValueException if nobody can have this name
   * @throws StoreException if the database cannot answer; then call again
   */
  public void ownerDeleted(String owner) {
    revocations.deleteOwner(requireNonNull(owner, "owner"), Actor.application());
  }

  /**
   * Revokes a key by its text, as when it was found in a public place: also one in its grace
   * period, and one of a disabled owner. With a key dies the one that it replaced, as when it is
   * deleted. When it returns, this node rejects the key, and other nodes follow within about {@code
   * feedInterval}.
   *
   * @param key the whole key; of a text that is none, nothing goes further than the parser
   * @return true if it was a live key; false if there is no such key, if it has expired, or if it
   *     was revoked before
   * @throws StoreException if the database cannot answer; then call again
   */
  public boolean revoke(String key) {
    KeyHash hash = parser.hashOf(requireNonNull(key, "key"), 0);
    return hash != null && revocations.revoke(hash, "key", Actor.application());
  }

  /**
   * Returns a part of this instance, for Latchkey's own modules. Which parts there are is not
   * promised.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public <T> T unwrap(Class<T> type) {
    for (Object part : List.of(requests, scopes, holders)) {
      if (type.isInstance(part)) {
        return type.cast(part);
      }
    }
    throw new IllegalArgumentException("ApiKeys has no " + type.getName());
  }

  /** Returns how well this node knows what other nodes changed, for monitoring. */
  public FeedState feedState() {
    return feed.state();
  }

  /** Returns figures for monitoring: what became of requests, the cache, the database. */
  public ApiKeysStats stats() {
    return new ApiKeysStats(
        requests.outcomes().byOutcome(),
        authenticator.stats(),
        feed.state().lag(),
        lastUsed.waiting());
  }

  /**
   * Returns whether the database answered within the last moments, which are twice {@code
   * feedInterval} and {@code lookupTimeout}: then keys that are not cached are told apart. For
   * health checks; it asks nobody, and returns at once.
   */
  public boolean isStoreAvailable() {
    FeedState state = feed.state();
    return state.lastSuccess().isPresent() && state.lag().compareTo(maxLag) <= 0;
  }

  /** Ends the background work, writes what is still to be written, and closes what was opened. */
  @Override
  public void close() {
    try (store) {
      feed.close();
      warmUp.stop();
      workers.close(lastUsed::close);
    }
  }
}
