package dev.latchkey.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Packages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prometheus's own checks. */
final class Promtool {
  private Promtool() {}

  /** Fails unless a check succeeds. */
  static void check(String input, String... arguments) throws IOException, InterruptedException {
    Packages.demandProgram("promtool", "prometheus");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(answer).isZero();
  }
}
