package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.InMemoryApiKeyStore;
import dev.latchkey.internal.store.KeySnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that can pause look-ups after they have read, before they return. */
class PausingStore extends InMemoryApiKeyStore {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger lookups = new AtomicInteger();
  private final Set<KeyHash> unreadable = ConcurrentHashMap.newKeySet();
  private final Queue<Pause> pauses = new ConcurrentLinkedQueue<>();

  /** One paused look-up. */
  static final class Pause {
    private final CountDownLatch hasRead = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private volatile boolean fails;

    void awaitRead() throws InterruptedException {
      assertThat(hasRead.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("nobody reads").isTrue();
    }

    void end() {
      mayAnswer.countDown();
    }

    /** Makes it fail. */
    void fail() {
      fails = true;
      end();
    }
  }

  int lookups() {
    return lookups.get();
  }

  /** Makes a row unreadable. */
  void spoil(KeyHash hash) {
    unreadable.add(hash);
  }

  /** Pauses the next look-up that is not paused already. */
  Pause pause() {
    Pause pause = new Pause();
    pauses.add(pause);
    return pause;
  }

  @Override
  public Map<KeyHash, KeySnapshot> findByHashes(Collection<KeyHash> hashes) {
    lookups.incrementAndGet();
    Pause pause = pauses.poll();
    Map<KeyHash, KeySnapshot> read = new HashMap<>(super.findByHashes(hashes));
    read.replaceAll(
        (hash, found) ->
            unreadable.contains(hash)
                ? KeySnapshot.unreadable(hash, found.key().owner(), found.key().tag())
                : found);
    if (pause != null) {
      pause.hasRead.countDown();
      try {
        pause.mayAnswer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (pause.fails) {
        throw new StoreException("the connection was lost", null);
      }
    }
    return read;
  }
}
