package dev.latchkey.auth;

import dev.latchkey.key.KeyHash;
import dev.latchkey.store.FoundKey;
import dev.latchkey.store.InMemoryApiKeyStore;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose look-ups, once they have read, can be held back before they answer. */
class PausingStore extends InMemoryApiKeyStore {
  private final AtomicInteger lookups = new AtomicInteger();
  private volatile CountDownLatch hasRead = new CountDownLatch(0);
  private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

  int lookups() {
    return lookups.get();
  }

  /** From now on look-ups wait, having read. */
  void pause() {
    hasRead = new CountDownLatch(1);
    mayAnswer = new CountDownLatch(1);
  }

  void awaitRead() throws InterruptedException {
    hasRead.await();
  }

  /** Lets go those who wait, and all after them. */
  void resume() {
    mayAnswer.countDown();
  }

  @Override
  public Optional<FoundKey> findByHash(KeyHash hash) {
    lookups.incrementAndGet();
    Optional<FoundKey> read = super.findByHash(hash);
    CountDownLatch answer = mayAnswer;
    hasRead.countDown();
    try {
      answer.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return read;
  }
}
