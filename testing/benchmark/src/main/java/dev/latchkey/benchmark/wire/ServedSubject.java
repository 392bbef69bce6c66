package dev.latchkey.benchmark.wire;

import dev.latchkey.benchmark.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

/** A {@link WireServer} as a process. */
final class ServedSubject implements AutoCloseable {
  private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC");
  private static final Pattern PORT = Pattern.compile("^port (\\d+)$");

  private final String label;
  private final JavaProcess process;
  private final URI uri;

  private ServedSubject(String label, JavaProcess process) throws IOException {
    this.label = label;
    this.process = process;
    uri = URI.create("http://127.0.0.1:" + process.await(PORT).group(1) + "/things/42");
  }

  /** Starts one. */
  static ServedSubject start(String label, int keys, long seed) throws IOException {
    JavaProcess process =
        JavaProcess.start(JVM, WireServer.class, label, String.valueOf(keys), String.valueOf(seed));
    try {
      return new ServedSubject(label, process);
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  String label() {
    return label;
  }

  URI uri() {
    return uri;
  }

  /** What lets strangers pass, or refuses keys, would be measured for nothing. */
  void authenticates(String known, String stranger) throws IOException, InterruptedException {
    expect(200, known);
    expect(label.equals(WireSuite.BARE) ? 200 : 401, stranger);
  }

  private void expect(int status, String authorization) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", authorization).build();
    int answered =
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (answered != status) {
      throw new IllegalStateException(label + " answered " + answered + " and not " + status);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
