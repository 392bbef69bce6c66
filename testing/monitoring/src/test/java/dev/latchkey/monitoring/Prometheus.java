package dev.latchkey.monitoring;

import dev.latchkey.test.Answer;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.FreePorts;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.Polling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A Prometheus of the system's package, which scrapes one application twice a second. */
final class Prometheus implements AutoCloseable {
  private final Path log;
  private final Process process;
  private final HttpCaller caller;

  /** Starts it, with rules. */
  Prometheus(Path folder, Path rules, int target) throws IOException {
    log = folder.resolve("log");
    int port = FreePorts.choose();
    caller = new HttpCaller(URI.create("http://127.0.0.1:" + port + "/"));
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 500ms
              scrape_timeout: 500ms
              evaluation_interval: 500ms
            rule_files: ["%s"]
            scrape_configs:
              - job_name: shop
                static_configs:
                  - targets: ["127.0.0.1:%d"]
            """
                .formatted(rules, target));
    process =
        ChildProcesses.builder(
                List.of(
                    "prometheus",
                    "--config.file=" + configuration,
                    "--storage.tsdb.path=" + folder.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Polling.until(this::isReady, () -> "Prometheus does not start: " + Monitoring.read(log));
  }

  private boolean isReady() {
    try {
      return caller.get("-/ready").send().status() == 200;
    } catch (UncheckedIOException e) {
      if (!process.isAlive()) {
        throw new IllegalStateException("Prometheus has ended: " + Monitoring.read(log), e);
      }
      return false;
    }
  }

  /** Returns the values that a query has now, one a time series. */
  List<Double> query(String expression) {
    Answer answer =
        caller
            .get("api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
            .send();
    if (answer.status() != 200) {
      throw new IllegalStateException(expression + ": " + answer.text());
    }
    return answer
        .json()
        .path("data")
        .path("result")
        .valueStream()
        .map(series -> Double.valueOf(series.path("value").path(1).asString()))
        .toList();
  }

  /** Returns the names of the alerts that fire. */
  Set<String> firing() {
    return caller
        .get("api/v1/alerts")
        .send()
        .json()
        .path("data")
        .path("alerts")
        .valueStream()
        .filter(alert -> alert.path("state").asString().equals("firing"))
        .map(Prometheus::name)
        .collect(Collectors.toSet());
  }

  private static String name(JsonNode alert) {
    return alert.path("labels").path("alertname").asString();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
