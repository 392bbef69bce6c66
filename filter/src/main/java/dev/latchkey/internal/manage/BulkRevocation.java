package dev.latchkey.internal.manage;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.AdministrationStore;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.RevokedKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Revokes what a filter keeps, in portions, so that no lock is held long and other nodes learn of
 * each portion as of any change; or counts it.
 *
 * <p>Thread-safe.
 */
final class BulkRevocation {
  static final int MOST = 10_000;
  private static final int PORTION = 500;
  private static final int MOST_SHOWN = 50;

  private final ApiKeyStore store;
  private final AdministrationStore lists;
  private final Revocations revocations;
  private final Clock clock;

  BulkRevocation(ApiKeyStore store, Revocations revocations, Clock clock) {
    this.store = store;
    this.lists = store.administration();
    this.revocations = revocations;
    this.clock = clock;
  }

  private record Result(int count, List<ApiKey> keys, boolean hasMore) implements RevokedKeys {}

  /** Decides what is done with a portion, and returns how many died, and which of its keys. */
  private interface Step {
    Died of(List<StoredKey> portion);
  }

  private record Died(int count, List<StoredKey> keys) {}

  RevokedKeys revoke(KeyFilter filter, Actor by) {
    return inPortions(filter, portion -> revoke(portion, "filter", by));
  }

  RevokedKeys count(KeyFilter filter) {
    return inPortions(filter, portion -> new Died(portion.size(), portion));
  }

  private Died revoke(List<StoredKey> portion, String how, Actor by) {
    Changed changed = revocations.revoke(portion.stream().map(StoredKey::hash).toList(), how, by);
    Set<KeyHash> dead = new HashSet<>(changed.hashes());
    return new Died(
        dead.size(), portion.stream().filter(key -> dead.contains(key.hash())).toList());
  }

  private RevokedKeys inPortions(KeyFilter filter, Step step) {
    Instant now = clock.instant();
    List<ApiKey> shown = new ArrayList<>();
    int count = 0;
    @Nullable Position place = Position.LAST;
    while (place != null && count < MOST) {
      Slice<StoredKey> slice = lists.keys(filter, place, Math.min(PORTION, MOST - count), now);
      if (!slice.items().isEmpty()) {
        Died died = step.of(slice.items());
        count += died.count();
        died.keys().stream().limit(MOST_SHOWN - shown.size()).forEach(shown::add);
      }
      place = slice.next();
    }
    return new Result(count, shown, place != null);
  }

  /** Revokes one key; null is none. */
  RevokedKeys revoke(@Nullable KeyHash hash, String how, Actor by) {
    List<StoredKey> found = find(hash);
    if (hash != null) {
      revocations.forget(hash); // another node may have revoked it just now
    }
    Died died = found.isEmpty() ? new Died(0, List.of()) : revoke(found, how, by);
    return new Result(died.count(), List.copyOf(died.keys()), false);
  }

  /** Counts one key; null is none. */
  RevokedKeys count(@Nullable KeyHash hash) {
    List<StoredKey> found = find(hash);
    return new Result(found.size(), List.copyOf(found), false);
  }

  private List<StoredKey> find(@Nullable KeyHash hash) {
    return hash == null
        ? List.of()
        : store.findByHashes(List.of(hash)).values().stream().map(KeySnapshot::key).toList();
  }
}
