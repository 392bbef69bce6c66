package dev.latchkey.benchmark.start;

import dev.latchkey.benchmark.JavaProcess;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The example's jar as a process, with its database in its folder, and a caller of it. */
final class Example implements AutoCloseable {
  private static final Pattern SERVES = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final long start;
  private final JavaProcess process;
  private final URI uri;

  /** Starts it, and waits until it serves. */
  Example(Path jar, Path folder) throws IOException {
    start = System.nanoTime();
    process = JavaProcess.start(folder, List.of("-jar", jar.toString(), "--port", "0"));
    try {
      uri = URI.create(process.await(SERVES).group());
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Adds a key, as a user who has logged in. */
  String addKey() throws IOException, InterruptedException {
    post("login", "application/x-www-form-urlencoded", "username=alice&password=alice", 303);
    String added = post("api-keys", "application/json", "{}", 201);
    return JsonMapper.shared().readTree(added).path("key").asString();
  }

  private String post(String path, String type, String body, int status)
      throws IOException, InterruptedException {
    return send(request(path, "Content-Type", type).POST(BodyPublishers.ofString(body)), status);
  }

  /** Returns the milliseconds from the start until it has answered that it serves. */
  double millisToHealth() throws IOException, InterruptedException {
    return millisTo(request("health", "Accept", "*/*"));
  }

  /** Returns the milliseconds from the start until it has answered a request with a key. */
  double millisToKey(String key) throws IOException, InterruptedException {
    return millisTo(request("api/whoami", "Authorization", "Bearer " + key));
  }

  private double millisTo(HttpRequest.Builder request) throws IOException, InterruptedException {
    send(request, 200);
    return (System.nanoTime() - start) / 1e6;
  }

  private HttpRequest.Builder request(String path, String header, String value) {
    return HttpRequest.newBuilder(uri.resolve(path)).header(header, value);
  }

  private String send(HttpRequest.Builder request, int status)
      throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          answer.uri() + " answered " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.close();
  }
}
