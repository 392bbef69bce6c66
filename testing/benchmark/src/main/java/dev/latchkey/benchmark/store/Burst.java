package dev.latchkey.benchmark.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * How it went when many threads began at once to do work.
 *
 * @param nanos how long all of it took
 * @param each how long each piece took, sorted
 */
record Burst(long nanos, long[] each) {

  /** Does a piece of work for each item, dealt out to threads that start together. */
  static <T> Burst of(int count, List<T> items, Consumer<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    AtomicLong start = new AtomicLong();
    CyclicBarrier ready = new CyclicBarrier(count, () -> start.set(System.nanoTime()));
    long[] each = new long[items.size()];
    try {
      List<Callable<Void>> parts = new ArrayList<>();
      for (int thread = 0; thread < count; thread++) {
        int first = thread;
        parts.add(
            () -> {
              ready.await();
              for (int i = first; i < each.length; i += count) {
                long before = System.nanoTime();
                work.accept(items.get(i));
                each[i] = System.nanoTime() - before;
              }
              return null;
            });
      }
      for (Future<Void> part : threads.invokeAll(parts)) {
        part.get();
      }
      long nanos = System.nanoTime() - start.get();
      Arrays.sort(each);
      return new Burst(nanos, each);
    } finally {
      threads.shutdown();
    }
  }

  /** Pieces a second. */
  double rate() {
    return each.length / (nanos / 1e9);
  }

  double percentileMillis(int percent) {
    return each[(int) ((each.length - 1) * (percent / 100.0))] / 1e6;
  }
}
