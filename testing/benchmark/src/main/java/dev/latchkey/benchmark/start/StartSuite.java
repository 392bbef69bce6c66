package dev.latchkey.benchmark.start;

import dev.latchkey.benchmark.JavaProcess;
import dev.latchkey.benchmark.Measurement;
import dev.latchkey.benchmark.Scale;
import dev.latchkey.benchmark.Suite;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a start takes, each in a JVM of its own: the example from the command to its first answers,
 * and the filter's part alone, beside what of that is the database driver's. The example's jar is
 * the one that {@code benchmark.exampleJar} names, or that of the build.
 */
public final class StartSuite implements Suite {
  private static final String JAR = "example-app/target/latchkey-example-app.jar";
  private static final Pattern NANOS = Pattern.compile("^nanos (\\d+)$");
  private static final double NANOS_A_MILLI = 1e6;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Measurement> run(Scale scale) throws Exception {
    int samples = scale.of(1, 10);
    List<Measurement> measurements = new ArrayList<>();
    Optional<Path> jar = exampleJar();
    if (jar.isPresent()) {
      measurements.addAll(example(jar.get(), samples));
    } else {
      System.out.println("The start of the example is not measured: there is no " + JAR);
    }
    measurements.addAll(initOnH2(samples));
    measurements.addAll(initOnMariaDb(samples));
    return measurements;
  }

  private static Optional<Path> exampleJar() {
    return Stream.of(System.getProperty("benchmark.exampleJar", "../../" + JAR), JAR)
        .map(path -> Path.of(path).toAbsolutePath().normalize())
        .filter(Files::exists)
        .findFirst();
  }

  private static List<Measurement> example(Path jar, int samples) throws Exception {
    List<Double> empty = new ArrayList<>();
    List<Double> health = new ArrayList<>();
    List<Double> firstKey = new ArrayList<>();
    Path folder = Files.createTempDirectory("latchkey-start");
    try {
      String key;
      try (Example example = new Example(jar, Files.createDirectory(folder.resolve("kept")))) {
        key = example.addKey();
      }
      for (int i = 0; i < samples; i++) {
        try (Example example = new Example(jar, folder.resolve("kept"))) {
          health.add(example.millisToHealth());
          firstKey.add(example.millisToKey(key));
        }
        try (Example example =
            new Example(jar, Files.createDirectory(folder.resolve("new-" + i)))) {
          empty.add(example.millisToHealth());
        }
      }
    } finally {
      delete(folder);
    }
    return List.of(
        measurement("example to health", "H2, empty", empty),
        measurement("example to health", "H2", health),
        measurement("example to first key", "H2", firstKey));
  }

  private static List<Measurement> initOnH2(int samples) throws IOException {
    Path folder = Files.createTempDirectory("latchkey-start");
    try {
      return init("H2", samples, "jdbc:h2:file:" + folder.resolve("keys"), "sa", "");
    } finally {
      delete(folder);
    }
  }

  private static List<Measurement> initOnMariaDb(int samples) throws IOException {
    try (MariaDbServer server = new MariaDbServer(MariaDbBinaries.bundled())) {
      String url = server.url(server.newDatabase());
      return init("MariaDB", samples, url, MariaDbServer.USER, MariaDbServer.PASSWORD);
    }
  }

  private static List<Measurement> init(
      String database, int samples, String url, String user, String password) throws IOException {
    millis(FilterInit.class, url, user, password); // creates the schema
    List<Double> init = new ArrayList<>();
    List<Double> connection = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      init.add(millis(FilterInit.class, url, user, password));
      connection.add(millis(FirstConnection.class, url, user, password));
    }
    return List.of(
        measurement("filter init", database, init),
        measurement("the driver's first query alone", database, connection));
  }

  private static double millis(Class<?> timed, String url, String user, String password)
      throws IOException {
    try (JavaProcess process = JavaProcess.start(List.of(), timed, url, user, password)) {
      double millis = Long.parseLong(process.await(NANOS).group(1)) / NANOS_A_MILLI;
      process.awaitEnd();
      return millis;
    }
  }

  private static Measurement measurement(String name, String database, List<Double> millis) {
    return new Measurement("start", name, Map.of("database", database), "ms", millis);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
