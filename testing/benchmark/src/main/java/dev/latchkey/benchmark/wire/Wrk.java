package dev.latchkey.benchmark.wire;

import dev.latchkey.test.ChildProcesses;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk, on one thread, with a script that sends one key after the other. */
final class Wrk {
  static final int CONNECTIONS = 64;
  private static final Path PROGRAM = Path.of("/usr/bin/wrk");

  // The requests are made beforehand. A slow answer is no error: the latencies tell of it.
  private static final String SCRIPT =
      """
      local headers = {
      %s
      }
      local requests = {}
      local sent = 0

      function init(arguments)
        for i, header in ipairs(headers) do
          requests[i] = wrk.format("GET", nil, {["Host"] = "127.0.0.1", ["Authorization"] = header})
        end
      end

      function request()
        sent = sent %% #requests + 1
        return requests[sent]
      end

      function done(summary, latency)
        local errors = summary.errors
        io.write(string.format(
          "measured %%d %%d %%d %%d %%d\\n",
          summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
          errors.connect + errors.read + errors.write + errors.status))
      end
      """;
  private static final Pattern MEASURED =
      Pattern.compile("(?m)^measured (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)$");

  private final Path script;

  /**
   * What it measured.
   *
   * @param requests a second
   * @param p50 the middle one of the latencies, in ms
   * @param p99 what one in a hundred exceeds, in ms
   */
  record Figures(double requests, double p50, double p99) {}

  /** Writes the script, which sends these values of {@code Authorization}. */
  Wrk(Path script, List<String> headers) throws IOException {
    String quoted = String.join("\n", headers.stream().map("  \"%s\","::formatted).toList());
    this.script = Files.writeString(script, SCRIPT.formatted(quoted));
  }

  /** Looks for the program; in CI it is an error if it is missing. */
  static boolean isInstalled() {
    if (Files.exists(PROGRAM)) {
      return true;
    }
    String lacking = "there is no " + PROGRAM + ": install the package wrk";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(lacking);
    }
    System.out.println("Not measured, " + lacking);
    return false;
  }

  /** Loads a server for some seconds. Every answer has to be a good one. */
  Figures run(URI uri, int seconds) throws IOException, InterruptedException {
    String options = "--threads 1 --connections %d --duration %ds --script";
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(options.formatted(CONNECTIONS, seconds).split(" ")));
    command.addAll(List.of(script.toString(), uri.toString()));
    Process process = ChildProcesses.builder(command).redirectErrorStream(true).start();
    String printed;
    try {
      printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
    } finally {
      process.destroy();
    }
    Matcher measured = MEASURED.matcher(printed);
    if (!measured.find() || !measured.group(5).equals("0")) {
      throw new IllegalStateException("wrk says of " + uri + ": " + printed);
    }
    return new Figures(
        number(measured, 1) * 1e6 / number(measured, 2),
        number(measured, 3) / 1e3,
        number(measured, 4) / 1e3);
  }

  private static double number(Matcher measured, int group) {
    return Double.parseDouble(measured.group(group));
  }
}
