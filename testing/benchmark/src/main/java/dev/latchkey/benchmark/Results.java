package dev.latchkey.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a suite measured, and on what: the raw data that the documentation is made of.
 *
 * @param suite which one
 * @param environment the machine and the versions, by name
 * @param measurements in the order of measuring
 */
public record Results(
    String suite, Map<String, String> environment, List<Measurement> measurements) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Pattern CPU = Pattern.compile("model name\\s*:\\s*(.+)");

  /** What was measured just now, on this machine, with these versions. */
  static Results here(String suite, Map<String, String> versions, List<Measurement> measurements) {
    Map<String, String> environment = new TreeMap<>(versions);
    environment.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    environment.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    environment.put("cpu", cpu());
    environment.put("memory", "%d GiB".formatted(Math.round(memoryBytes() / (double) (1 << 30))));
    environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    environment.put(
        "jdk", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.version"));
    return new Results(suite, environment, measurements);
  }

  private static String cpu() {
    try {
      Matcher model = CPU.matcher(Files.readString(Path.of("/proc/cpuinfo")));
      return model.find() ? model.group(1) : System.getProperty("os.arch");
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static long memoryBytes() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve(suite + ".json").toFile(), this);
  }

  /** What was written to a file. */
  public static Results read(Path file) {
    return JSON.readValue(file.toFile(), Results.class);
  }
}
