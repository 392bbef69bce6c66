package dev.latchkey;

import dev.latchkey.auth.FeedState;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.auth.AuthResult;
import dev.latchkey.internal.auth.CachingAuthenticator;
import dev.latchkey.internal.auth.ChangeFeed;
import dev.latchkey.internal.auth.LastUsed;
import dev.latchkey.internal.auth.WarmUp;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.jdbc.JdbcStores;
import dev.latchkey.manage.ApiKeyService;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.OwnerEvents;
import dev.latchkey.manage.Revocations;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * An application's API keys: one instance, which the filter asks and the servlet manages, and which
 * whoever opened it closes.
 *
 * <p>Thread-safe.
 */
public final class ApiKeys implements AutoCloseable {
  /** The name of the {@code ServletContext} attribute by which filters and servlets share it. */
  public static final String ATTRIBUTE = "dev.latchkey.ApiKeys";

  /** What {@code getAuthType()} says of a request that carries a key. */
  public static final String AUTH_TYPE = "API_KEY";

  private static final AuthResult NO_KEY = new AuthResult.NoKey();
  private static final int MAXIMUM_USES_PENDING = 100_000;

  private final FilterSettings filterSettings;
  private final ApiKeyStore store;
  private final KeyParser parser;
  private final CachingAuthenticator authenticator;
  private final ChangeFeed feed;
  private final LastUsed lastUsed;
  private final ApiKeyService service;
  private final OwnerEvents ownerEvents;
  private final WarmUp warmUp;
  private final Revocations revocations;
  private final Workers workers;

  private ApiKeys(ApiKeysConfig config, ApiKeyStore store, Workers workers) {
    this.store = store;
    this.workers = workers;
    filterSettings = config.filter();
    KeyHasher hasher = new KeyHasher();
    parser = new KeyParser(config.keyFormat(), hasher);
    lastUsed = new LastUsed(store, MAXIMUM_USES_PENDING, System::nanoTime);
    authenticator =
        new CachingAuthenticator(
            store,
            config.cache(),
            config.feed().feedInterval(),
            config.clock(),
            System::nanoTime,
            workers.lookups(),
            lastUsed);
    service =
        new ApiKeyService(
            store,
            new KeyGenerator(config.keyFormat(), new SecureRandom()),
            hasher,
            parser,
            config.policy(),
            config.clock(),
            authenticator::evict);
    ownerEvents = new OwnerEvents(store, authenticator::evict);
    revocations = new Revocations(store, config.clock(), authenticator::evict);
    feed =
        new ChangeFeed(
            store, authenticator, config.feed().feedWindow(), config.clock(), System::nanoTime);
    workers.every(Duration.ZERO, config.feed().feedInterval(), "feed", feed::poll);
    warmUp = new WarmUp(store, authenticator, config.warmUp());
    if (config.warmUp() > 0) {
      workers.once(
          "warm-up",
          () -> {
            if (feed.awaitBeginning()) {
              warmUp.run();
            }
          });
    }
    Duration flushInterval = config.lastUsedFlushInterval();
    workers.every(flushInterval, flushInterval, "last-used", lastUsed::flush);
    workers.every(
        Workers.PURGE_INTERVAL,
        Workers.PURGE_INTERVAL,
        "purge",
        () -> store.purge(config.tombstoneRetention()));
  }

  /**
   * Opens the store and starts the background work.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   * @throws StoreException if the store cannot be reached and {@code startWithoutStore} is not set
   */
  public static ApiKeys open(ApiKeysConfig config) {
    ApiKeyStore store = JdbcStores.open(config.jdbc());
    Workers workers = new Workers();
    try {
      return new ApiKeys(config, store, workers);
    } catch (RuntimeException | Error e) { // such as a library that is missing
      try (store) {
        workers.close(() -> {});
      } catch (RuntimeException | Error more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /** What a filter asks of requests unless it is told otherwise. */
  public FilterSettings filterSettings() {
    return filterSettings;
  }

  /**
   * Decides for whom a text speaks; if a key is granted, that is noted as its use, without waiting
   * for the store. What is no key by shape or checksum goes no further than the parser; of the
   * others, only the hash does.
   *
   * @param text ends with what may be a key
   * @param start where that begins
   * @param address tells where the key is used from; asked only if that is to be noted
   */
  public AuthResult authenticate(String text, int start, Supplier<String> address) {
    KeyHash hash = parser.hashOf(text, start);
    return hash != null ? authenticator.authenticate(hash, address) : NO_KEY;
  }

  /** What owners may do with their keys. */
  public ApiKeyService service() {
    return service;
  }

  /**
   * To be called when the application disables an owner's account: from the return of this method
   * on all keys of the owner are refused on this node, as if there were none such, and soon on all
   * others; so are keys that the owner adds later. Disabling twice does no harm.
   *
   * @throws InvalidValueException if nobody can have this name
   * @throws StoreException if the store cannot answer; then call again
   */
  public void ownerDisabled(String owner) {
    ownerEvents.disabled(Objects.requireNonNull(owner, "owner"));
  }

  /**
   * To be called when the application enables an owner's account again: the owner's keys count as
   * they did before.
   *
   * @throws InvalidValueException if nobody can have this name
   * @throws StoreException if the store cannot answer; then call again
   */
  public void ownerEnabled(String owner) {
    ownerEvents.enabled(Objects.requireNonNull(owner, "owner"));
  }

  /**
   * Deletes all keys of an owner, those in their grace period included, and all else that is kept
   * of the owner. Call this when the application deletes an account, after its sessions have ended:
   * when it returns, this node rejects the keys, and other nodes follow within about {@code
   * feedInterval}. An account that gets the name later starts with no key, and enabled. Idempotent.
   *
   * @throws InvalidValueException if nobody can have this name
   * @throws StoreException if the store cannot answer; then call again
   */
  public void ownerDeleted(String owner) {
    ownerEvents.deleted(Objects.requireNonNull(owner, "owner"));
  }

  /**
   * Revokes a key by its text, as when it was found in a public place: also one in its grace
   * period, and one of a disabled owner. With a key dies the one that it replaced, as when it is
   * deleted. When it returns, this node rejects the key, and other nodes follow within about {@code
   * feedInterval}.
   *
   * @param keyText the whole key; of a text that is none, nothing goes further than the parser
   * @return true if it was a live key; false if there is no such key, if it has expired, or if it
   *     was revoked before
   * @throws StoreException if the store cannot answer; then call again
   */
  public boolean revoke(String keyText) {
    KeyHash hash = parser.hashOf(Objects.requireNonNull(keyText, "keyText"), 0);
    return hash != null && revocations.revoke(hash);
  }

  /** How well this node knows what other nodes changed: what to watch it by. */
  public FeedState feedState() {
    return feed.state();
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
