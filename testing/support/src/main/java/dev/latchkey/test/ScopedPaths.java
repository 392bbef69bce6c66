package dev.latchkey.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Tries mutated paths with a key that is limited to one target and with one that is not: the
 * limited one passes where the server finds its target, and nowhere else.
 */
public final class ScopedPaths {
  private static final List<String> SEEDS =
      List.of("/api/orders/1", "/api/open/1", "/api/orders", "/api/open", "/api/a.txt", "/a.txt");

  private static final long SEED = 20261130;

  private ScopedPaths() {}

  /** Tries paths with no key at all: wherever the server finds a target, it asks for one. */
  public static void tryWithoutKey(int count, RawPaths nobody, RawPaths all) throws IOException {
    Random random = new Random(SEED);
    int reached = 0;
    for (int i = 0; i < count; i++) {
      String path = RawPaths.mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
      String outcome = nobody.get(path);
      assertThat(outcome).as(path).doesNotStartWith("2");
      if (all.get(path).startsWith("200")) {
        reached++;
        assertThat(outcome).as(path).startsWith("401");
      }
    }
    assertThat(reached).as("paths to targets").isGreaterThan(count / 100);
  }

  /**
   * Tries paths of a server at which targets answer with their names.
   *
   * @param count how many paths
   * @param own the names of the targets that the limited key is for
   */
  public static void tryKey(int count, List<String> own, RawPaths limited, RawPaths all)
      throws IOException {
    Random random = new Random(SEED);
    int reached = 0;
    int others = 0;
    int passed = 0;
    for (int i = 0; i < count; i++) {
      String path = RawPaths.mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
      String target = all.get(path);
      String outcome = limited.get(path);
      if (target.startsWith("200") && outcome.startsWith("400")) {
        // A server that takes a path for none does so for all; an answer may be to another request.
        all.reconnect();
        limited.reconnect();
        target = all.get(path);
        outcome = limited.get(path);
      }
      String found = target;
      if (own.stream().anyMatch(name -> found.startsWith("200 " + name))) {
        reached++;
        if (outcome.equals(target)) {
          passed++;
        } else { // such as /api/x/../open, which frameworks may find elsewhere
          assertThat(outcome).as(path).startsWith("403");
        }
      } else if (target.startsWith("200")) {
        others++;
        assertThat(outcome).as(path).startsWith("403");
      } else {
        assertThat(outcome).as(path).doesNotStartWith("2");
      }
    }
    assertThat(reached).as("paths to its target").isGreaterThan(count / 100);
    assertThat(others).as("paths to others").isGreaterThan(count / 100);
    assertThat(passed).as("passed").isGreaterThan(reached / 2);
  }
}
