package dev.latchkey.benchmark.heap;

import dev.latchkey.benchmark.JavaProcess;
import dev.latchkey.internal.auth.AuthOutcome;
import dev.latchkey.internal.auth.CacheSettings;
import dev.latchkey.internal.auth.CachingAuthenticator;
import dev.latchkey.internal.auth.LastUsed;
import dev.latchkey.internal.auth.OwnerCache;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.ApiKeyStore;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.openjdk.jol.info.GraphLayout;

/** Measures the bytes of heap that a cached key takes: {@code CachedKeys <way> <keys>}. */
public final class CachedKeys {
  /** By the use of the heap after it was cleared of garbage. */
  static final String COLLECTOR = "collector";

  /** By adding up all objects that can be reached. */
  static final String REACHABLE = "reachable";

  private static final int COLLECTIONS = 3;
  private static final int MAX_USES = 10_000;

  private final Random random = new Random(1);
  private final ApiKeyStore store = FoundOnDemand.store();
  private final LastUsed lastUsed = new LastUsed(store, MAX_USES, System::nanoTime);
  private final CachingAuthenticator authenticator;

  /** An empty cache that will be full with so many: what it keeps to know whom to evict counts. */
  private CachedKeys(int most) {
    CacheSettings standard = CacheSettings.DEFAULT;
    authenticator =
        new CachingAuthenticator(
            store,
            new CacheSettings(
                most,
                Duration.ofDays(1),
                Duration.ofDays(1),
                standard.unknownCacheMaximumSize(),
                standard.unknownCacheTtl(),
                standard.lookupTimeout()),
            Duration.ofSeconds(1),
            Clock.systemUTC(),
            System::nanoTime,
            Runnable::run,
            lastUsed,
            OwnerCache.asksNobody(store));
  }

  /** Measures. */
  public static void main(String[] arguments) {
    int keys = Integer.parseInt(arguments[1]);
    CachedKeys cached = new CachedKeys(keys + 1);
    cached.use(1); // what there is once is there
    long before = cached.bytes(arguments[0]);
    cached.use(keys);
    long after = cached.bytes(arguments[0]);
    JavaProcess.measured((after - before) / (double) keys);
  }

  /** Has so many more keys authenticated, each twice, and then written that they were used. */
  private void use(int keys) {
    byte[] bytes = new byte[KeyHash.LENGTH];
    for (int i = 0; i < keys; i++) {
      random.nextBytes(bytes);
      for (int time = 0; time < 2; time++) {
        AuthOutcome result = authenticator.authenticate(KeyHash.of(bytes), () -> "192.0.2.17");
        if (!(result instanceof AuthOutcome.Granted)) {
          throw new IllegalStateException("a key is answered " + result);
        }
      }
      if (i % MAX_USES == 0) {
        lastUsed.flush();
      }
    }
    lastUsed.flush();
  }

  private long bytes(String way) {
    return switch (way) {
      case COLLECTOR -> used();
      case REACHABLE -> GraphLayout.parseInstance(List.of(authenticator)).totalSize();
      default -> throw new IllegalArgumentException("no way is called " + way);
    };
  }

  private static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
