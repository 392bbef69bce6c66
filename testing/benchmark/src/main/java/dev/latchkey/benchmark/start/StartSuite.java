package dev.latchkey.benchmark.start;

import dev.latchkey.benchmark.JavaProcess;
import dev.latchkey.benchmark.Samples;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Start-up, each in a JVM of its own: the example from the command to its first answers, and the
 * filter alone beside the database driver alone. The example's jar is the one that {@code
 * benchmark.exampleJar} names, or that of the build.
 */
public final class StartSuite {
  private static final String JAR = "example-app/target/latchkey-example-app.jar";

  private StartSuite() {}

  /** Measures. */
  public static void run(Samples samples, Scale scale) throws Exception {
    int times = scale.of(1, 10);
    Path folder = Files.createTempDirectory("latchkey-start");
    try {
      Optional<Path> jar = exampleJar();
      if (jar.isPresent()) {
        example(samples, times, jar.get(), folder);
      } else {
        System.out.println("The start of the example is not measured: there is no " + JAR);
      }
      init(samples.with("database", "H2"), times, "jdbc:h2:file:" + folder + "/keys", "sa", "");
    } finally {
      delete(folder);
    }
    try (MariaDbServer server = new MariaDbServer(MariaDbBinaries.bundled())) {
      String url = server.url(server.newDatabase());
      Samples mariaDb = samples.with("database", "MariaDB");
      init(mariaDb, times, url, MariaDbServer.USER, MariaDbServer.PASSWORD);
    }
  }

  private static Optional<Path> exampleJar() {
    return Stream.of(System.getProperty("benchmark.exampleJar", "../../" + JAR), JAR)
        .map(path -> Path.of(path).toAbsolutePath().normalize())
        .filter(Files::exists)
        .findFirst();
  }

  private static void example(Samples samples, int times, Path jar, Path folder) throws Exception {
    Samples empty = samples.with("database", "H2, empty");
    Samples filled = samples.with("database", "H2");
    Path kept = Files.createDirectory(folder.resolve("kept"));
    String key;
    try (Example example = new Example(jar, kept)) {
      key = example.addKey();
    }
    for (int i = 0; i < times; i++) {
      try (Example example = new Example(jar, Files.createDirectory(folder.resolve("new-" + i)))) {
        empty.add("example to health", "ms", example.millisToHealth());
      }
      try (Example example = new Example(jar, kept)) {
        filled.add("example to health", "ms", example.millisToHealth());
        filled.add("example to first key", "ms", example.millisToKey(key));
      }
    }
  }

  private static void init(Samples samples, int times, String url, String user, String password)
      throws IOException {
    JavaProcess.measure(List.of(), Timed.class, Timed.FILTER, url, user, password); // the schema
    for (int i = 0; i < times; i++) {
      for (String what : List.of(Timed.FILTER, Timed.DRIVER)) {
        double millis = JavaProcess.measure(List.of(), Timed.class, what, url, user, password);
        samples.add(what, "ms", millis);
      }
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
