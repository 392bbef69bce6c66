package dev.latchkey.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that operators take from docs/. */
final class Monitoring {
  static final Path RULES = docs("monitoring/latchkey-alerts.yml");
  static final Path DASHBOARD = docs("monitoring/latchkey-dashboard.json");
  static final Path PAGE = docs("monitoring.md");

  private Monitoring() {}

  private static Path docs(String file) {
    return Path.of("..", "..", "docs").resolve(file).toAbsolutePath().normalize();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
