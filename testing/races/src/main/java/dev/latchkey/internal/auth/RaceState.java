package dev.latchkey.internal.auth;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One cached key of each state of a race. */
final class RaceState {
  static final long NOW = Instant.parse("2026-11-23T04:00:00Z").toEpochMilli();
  static final KeyHash HASH = KeyHash.of(new byte[KeyHash.LENGTH]);

  static final CacheSettings SETTINGS =
      new CacheSettings(
          1,
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          1,
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));
  private static final KeySnapshot SNAPSHOT = snapshot(HASH);

  final PendingLookups<KeyHash, CachedKey> pending = new PendingLookups<>();
  final KeyCache cache = new KeyCache(SETTINGS, () -> 0, pending);
  final CachedKey key = new CachedKey(SNAPSHOT, 0);

  static KeySnapshot snapshot(KeyHash hash) {
    Instant now = Instant.ofEpochMilli(NOW);
    return new KeySnapshot(
        StoredKey.fresh(hash, "tag", "alice", "lk_…0000", "", now, now.plusSeconds(86_400)),
        now,
        false);
  }

  /** Caches the key, as a look-up does. */
  RaceState withCachedKey() {
    cache.cacheResult(HASH, Optional.of(key));
    cache.recordAccess(key);
    return this;
  }

  /** Opens the fast path, as the first request of a second does. */
  void openFastPath() {
    cache.recordAccess(key);
    key.openFastPath(NOW, Long.MAX_VALUE);
  }

  boolean isHonoured() {
    return cache.getOnFastPath(HASH, NOW) != null || cache.get(HASH) != null;
  }
}
