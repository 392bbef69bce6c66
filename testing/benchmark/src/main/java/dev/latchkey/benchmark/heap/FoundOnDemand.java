package dev.latchkey.benchmark.heap;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.StoredKey;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A store in which every hash is found, and all that is found is made anew, as it is from a row:
 * nothing of it is shared with anything, but for the strings that are empty.
 */
final class FoundOnDemand {
  private static final long CREATED = Instant.parse("2026-01-01T00:00:00.123456Z").toEpochMilli();
  private static final Duration VALIDITY = Duration.ofDays(36_500);
  private static final int OWNERS = 9_000_000;
  private static final long MIN_TAG = 100_000_000_000L;

  private FoundOnDemand() {}

  static ApiKeyStore store() {
    return (ApiKeyStore)
        Proxy.newProxyInstance(
            FoundOnDemand.class.getClassLoader(),
            new Class<?>[] {ApiKeyStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("findByHashes")) {
                return found((Collection<?>) arguments[0]);
              }
              if (method.getName().equals("recordUses")) {
                return null;
              }
              throw new IllegalStateException("the store has no " + method);
            });
  }

  private static Map<KeyHash, KeySnapshot> found(Collection<?> hashes) {
    Map<KeyHash, KeySnapshot> found = new HashMap<>();
    for (Object hash : hashes) {
      found.put((KeyHash) hash, found((KeyHash) hash));
    }
    return found;
  }

  /** The owner's name has 12 characters, as the tag has. */
  private static KeySnapshot found(KeyHash hash) {
    long number = ByteBuffer.wrap(hash.toBytes()).getLong() & Long.MAX_VALUE;
    Instant created = Instant.ofEpochMilli(CREATED + number % OWNERS);
    return new KeySnapshot(
        StoredKey.fresh(
            hash,
            Long.toString(MIN_TAG + number % MIN_TAG),
            "user-" + (1_000_000 + number % OWNERS),
            "lk_…wxyz",
            "",
            created,
            created.plus(VALIDITY)),
        Instant.ofEpochMilli(CREATED + number % OWNERS),
        false);
  }
}
