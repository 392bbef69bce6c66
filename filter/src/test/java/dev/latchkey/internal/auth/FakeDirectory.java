package dev.latchkey.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.OwnerDirectory;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An application's users, whose answers can be paused after they were read, or spoilt. */
final class FakeDirectory implements OwnerDirectory {
  final Map<String, Set<String>> users = new ConcurrentHashMap<>();
  final Queue<List<String>> questions = new ConcurrentLinkedQueue<>();

  /** What it answers in the place of users, if that is set. */
  final AtomicReference<@Nullable Supplier<@Nullable Map<String, Set<String>>>> spoilt =
      new AtomicReference<>();

  private final Queue<Pause> pauses = new ConcurrentLinkedQueue<>();

  /** One paused question. */
  static final class Pause {
    private final CountDownLatch hasRead = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    void awaitRead() throws InterruptedException {
      assertThat(hasRead.await(20, TimeUnit.SECONDS)).as("nobody asks").isTrue();
    }

    void end() {
      mayAnswer.countDown();
    }
  }

  /** Pauses the next question that is not paused already. */
  Pause pause() {
    Pause pause = new Pause();
    pauses.add(pause);
    return pause;
  }

  @Override
  @SuppressWarnings("NullAway") // an application may well return null
  public Map<String, Set<String>> find(Collection<String> owners) {
    questions.add(List.copyOf(owners));
    Pause pause = pauses.poll();
    Supplier<@Nullable Map<String, Set<String>>> other = spoilt.get();
    Map<String, Set<String>> read = new HashMap<>(users);
    read.keySet().retainAll(owners);
    if (pause != null) {
      pause.hasRead.countDown();
      try {
        pause.mayAnswer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return other != null ? other.get() : read;
  }
}
