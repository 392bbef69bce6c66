package dev.latchkey.internal.store.jdbc;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Change;
import dev.latchkey.internal.store.DatabaseInfo;
import dev.latchkey.internal.store.FoundKey;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeyUse;
import dev.latchkey.internal.store.RecentUse;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.internal.threads.TrackedThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose database was not there at start: it tries again until it is, and cannot answer
 * before.
 */
final class LateApiKeyStore implements ApiKeyStore {
  private static final Logger log = System.getLogger(LateApiKeyStore.class.getName());
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Supplier<? extends ApiKeyStore> connect;
  private final Duration retryInterval;
  private final Runnable end;
  private final TrackedThreads threads = new TrackedThreads();
  private volatile @Nullable ApiKeyStore connected;
  private @Nullable String lastFailure; // the connector's own
  private final CountDownLatch closed = new CountDownLatch(1); // counted down under our lock

  /**
   * Begins to connect.
   *
   * @param end what remains to be done after {@link #close}
   */
  LateApiKeyStore(Supplier<? extends ApiKeyStore> connect, Duration retryInterval, Runnable end) {
    this.connect = connect;
    this.retryInterval = retryInterval;
    this.end = end;
    threads.named("latchkey-connect").newThread(this::connectInTheEnd).start();
  }

  private void connectInTheEnd() {
    try {
      while (!connectOnce() && !closed.await(retryInterval.toMillis(), TimeUnit.MILLISECONDS)) {
        // once more
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by somebody else
    }
  }

  private boolean connectOnce() {
    ApiKeyStore store;
    try {
      store = connect.get();
    } catch (RuntimeException | Error e) { // such as a Flyway that is missing
      String failure = Causes.explain("Latchkey: still without key store, keys get 503", e);
      if (!failure.equals(lastFailure)) { // not once a second
        lastFailure = failure;
        log.log(Level.WARNING, failure);
      }
      return false;
    }
    synchronized (this) {
      if (closed.getCount() == 0) {
        store.close();
      } else {
        connected = store;
        log.log(Level.INFO, "Latchkey: key store available");
      }
    }
    return true;
  }

  private ApiKeyStore store() {
    ApiKeyStore store = connected;
    if (store == null) {
      throw new StoreException("the database has not been reached since the start", null);
    }
    return store;
  }

  @Override
  public Optional<DatabaseInfo> database() {
    return store().database();
  }

  @Override
  public Map<KeyHash, FoundKey> findByHashes(Collection<KeyHash> hashes) {
    return store().findByHashes(hashes);
  }

  @Override
  public List<StoredKey> findByOwner(String owner) {
    return store().findByOwner(owner);
  }

  @Override
  public Optional<StoredKey> find(String owner, String tag) {
    return store().find(owner, tag);
  }

  @Override
  public boolean add(StoredKey key, int maxKeys) {
    return store().add(key, maxKeys);
  }

  @Override
  public List<KeyHash> replace(String oldTag, StoredKey key, @Nullable Instant oldRetiresAt) {
    return store().replace(oldTag, key, oldRetiresAt);
  }

  @Override
  public boolean edit(String owner, String tag, KeyEdit edit, Instant now) {
    return store().edit(owner, tag, edit, now);
  }

  @Override
  public List<KeyHash> delete(String owner, String tag) {
    return store().delete(owner, tag);
  }

  @Override
  public List<KeyHash> setOwnerDisabled(String owner, boolean disabled) {
    return store().setOwnerDisabled(owner, disabled);
  }

  @Override
  public List<KeyHash> deleteOwner(String owner) {
    return store().deleteOwner(owner);
  }

  @Override
  public Instant now() {
    return store().now();
  }

  @Override
  public List<Change> changes(Change after, int limit) {
    return store().changes(after, limit);
  }

  @Override
  public void recordUses(Collection<KeyUse> uses) {
    store().recordUses(uses);
  }

  @Override
  public List<RecentUse> recentUses(RecentUse after, int limit) {
    return store().recentUses(after, limit);
  }

  @Override
  public int purge(Duration retention) {
    return store().purge(retention);
  }

  /**
   * Closes what is there. An attempt to connect is in the database, and so not interrupted: it may
   * go on, for as long as it is bounded, when we no longer wait for it.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed.countDown();
      if (connected != null) {
        connected.close();
      }
    }
    threads.join(CLOSE_PATIENCE);
    end.run();
  }
}
