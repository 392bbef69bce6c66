package dev.latchkey.benchmark.heap;

import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import dev.latchkey.test.ChildProcesses;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a cached key takes of the heap, everything of it included, in JVMs of their own. Two ways,
 * since each may err: the collector's figure, and the sum of all objects. Each comes out the same
 * every time, so once is enough.
 */
public final class HeapSuite implements Suite {
  /** The default of heaps below that. */
  private static final String COMPRESSED = "-XX:+UseCompressedOops";

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public List<Measurement> run(Scale scale) throws IOException, InterruptedException {
    int keys = scale.of(10_000, 1_000_000);
    int fewer = scale.of(1_000, 100_000); // the sum of all objects takes memory itself
    List<Measurement> measurements = new ArrayList<>();
    for (String pointers : List.of(COMPRESSED, "-XX:-UseCompressedOops")) {
      measurements.add(measure(CachedKeys.COLLECTOR, keys, pointers));
      measurements.add(measure(CachedKeys.REACHABLE, fewer, pointers));
    }
    return measurements;
  }

  private static Measurement measure(String way, int keys, String pointers)
      throws IOException, InterruptedException {
    return new Measurement(
        "heap",
        pointers.equals(COMPRESSED) ? "a cached key" : "a cached key, in heaps of 32 GiB and more",
        Map.of("way", way, "keys", String.valueOf(keys), "jvm", pointers),
        "B",
        List.of(fork(way, keys, pointers)));
  }

  private static double fork(String way, int keys, String pointers)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("latchkey-heap", "");
    try {
      int status =
          ChildProcesses.builder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xms2g",
                      "-Xmx2g",
                      "-XX:+UseSerialGC",
                      "-XX:-UseTLAB", // a buffer that a thread has begun would count as a whole
                      "-Djol.magicFieldOffset=true",
                      pointers,
                      "-cp",
                      System.getProperty("java.class.path"),
                      CachedKeys.class.getName(),
                      way,
                      String.valueOf(keys),
                      file.toString()))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.INHERIT)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("the JVM that was to measure ended with " + status);
      }
      return Double.parseDouble(Files.readString(file));
    } finally {
      Files.delete(file);
    }
  }
}
