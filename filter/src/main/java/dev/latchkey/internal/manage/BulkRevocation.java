package dev.latchkey.internal.manage;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.AdministrationStore;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.RevokedKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Revokes what a filter keeps, in portions, so that no lock is held long and other nodes learn of
 * each portion as of any change; or counts what one call would revoke. A call ends in time, however
 * few of many keys a filter keeps; the next one goes on.
 *
 * <p>Thread-safe.
 */
final class BulkRevocation {
  static final int MOST = 10_000;
  private static final int PORTION = 500;

  /** A call begins no portion after this time: proxies wait for a minute or less. */
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  private static final int MOST_SHOWN = 50;

  private final ApiKeyStore store;
  private final AdministrationStore lists;
  private final Revocations revocations;
  private final UnfinishedPasses unfinished = new UnfinishedPasses();
  private final Clock clock;
  private final Pace pace;

  BulkRevocation(ApiKeyStore store, Revocations revocations, Clock clock, Pace pace) {
    this.store = store;
    this.lists = store.administration();
    this.revocations = revocations;
    this.clock = clock;
    this.pace = pace;
  }

  private record Result(int count, List<ApiKey> keys, boolean hasMore) implements RevokedKeys {}

  /** Decides what is done with keys and their predecessors; returns which of them die. */
  private interface Step {
    Collection<KeyHash> of(Portion portion);
  }

  RevokedKeys revoke(KeyFilter filter, Actor by) {
    Call call = new Call();
    Pass left = unfinished.take(filter, clock.instant());
    left =
        call.go(
            filter,
            left,
            portion -> {
              pace.await(portion.dying().size());
              return revoke(portion.named(), "filter", by);
            });
    unfinished.put(filter, left, clock.instant());
    return call.result(left != null);
  }

  RevokedKeys count(KeyFilter filter) {
    Call call = new Call();
    Pass left = call.go(filter, Pass.throughAll(clock.instant()), Portion::dying);
    return call.result(left != null);
  }

  private List<KeyHash> revoke(List<StoredKey> keys, String how, Actor by) {
    return revocations.revoke(keys.stream().map(StoredKey::hash).toList(), how, by).hashes();
  }

  /** One call: what has died in it, of which some is shown. */
  private final class Call {
    private final Set<KeyHash> dead = new HashSet<>();
    private final List<ApiKey> shown = new ArrayList<>();
    private final long start = pace.nanoTime();

    /** Goes on until a bound is reached; returns what is left then, null if nothing is. */
    @Nullable Pass go(KeyFilter filter, Pass pass, Step step) {
      Instant now = clock.instant();
      @Nullable Pass left = pass;
      while (left != null && dead.size() < MOST && !isLate()) {
        int limit = Math.min(PORTION, MOST - dead.size());
        Slice<StoredKey> slice = lists.keys(filter, left.place(), limit, now);
        Portion portion = Portion.of(slice.items(), lists::predecessors, dead, MOST);
        note(portion, step);
        if (portion.named().size() < slice.items().size()) {
          return left.at(portion.end(left.place())); // the rest is too much for this call
        }
        left = left.after(slice.next(), now);
      }
      return left;
    }

    private boolean isLate() {
      return pace.nanoTime() - start > MOST_TIME.toNanos();
    }

    private void note(Portion portion, Step step) {
      if (portion.dying().isEmpty()) {
        return;
      }
      Set<KeyHash> died = new HashSet<>(step.of(portion));
      dead.addAll(died);
      portion.named().stream()
          .filter(key -> died.contains(key.hash()))
          .limit(MOST_SHOWN - shown.size())
          .forEach(shown::add);
    }

    RevokedKeys result(boolean hasMore) {
      return new Result(dead.size(), shown, hasMore);
    }

    RevokedKeys of(List<StoredKey> keys, Step step) {
      note(Portion.of(keys, lists::predecessors, dead, MOST), step);
      return result(false);
    }
  }

  /** Revokes one key; null is none. */
  RevokedKeys revoke(@Nullable KeyHash hash, String how, Actor by) {
    List<StoredKey> found = find(hash);
    if (hash != null) {
      revocations.forget(hash); // another node may have revoked it just now
    }
    return new Call().of(found, portion -> revoke(portion.named(), how, by));
  }

  /** Counts one key; null is none. */
  RevokedKeys count(@Nullable KeyHash hash) {
    return new Call().of(find(hash), Portion::dying);
  }

  private List<StoredKey> find(@Nullable KeyHash hash) {
    return hash == null
        ? List.of()
        : store.findByHashes(List.of(hash)).values().stream().map(KeySnapshot::key).toList();
  }
}
