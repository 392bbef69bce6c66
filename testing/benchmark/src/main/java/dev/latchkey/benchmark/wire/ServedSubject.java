package dev.latchkey.benchmark.wire;

import dev.latchkey.benchmark.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;

/** A {@link WireServer} as a process. */
final class ServedSubject implements AutoCloseable {
  private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC");
  private static final Pattern PORT = Pattern.compile("^port (\\d+)$");

  private final String label;
  private final JavaProcess process;

  ServedSubject(String label, int keys, long seed) throws IOException {
    this.label = label;
    process =
        JavaProcess.start(JVM, WireServer.class, label, String.valueOf(keys), String.valueOf(seed));
  }

  /** Waits until it serves; what lets strangers pass, or refuses keys, measures nothing. */
  URI await(String known, String stranger) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + process.await(PORT).group(1) + "/things/42");
    expect(uri, 200, known);
    expect(uri, label.equals(WireSuite.BARE) ? 200 : 401, stranger);
    return uri;
  }

  private void expect(URI uri, int status, String authorization)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", authorization).build();
    int answered = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    if (answered != status) {
      throw new IllegalStateException(label + " answered " + answered + " and not " + status);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
