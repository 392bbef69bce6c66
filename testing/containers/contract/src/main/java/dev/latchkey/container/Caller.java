package dev.latchkey.container;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls an application that one container serves. */
final class Caller {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI uri;

  Caller(URI uri) {
    this.uri = uri;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  HttpResponse<String> getWithKey(String path, String key, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(path));
    request.header("Authorization", "Bearer " + key);
    return send(request, headers);
  }

  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    return send(
        HttpRequest.newBuilder(uri.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody()),
        headers);
  }

  /** Adds a key as a logged-in user does. */
  HttpResponse<String> addKey(String user) throws Exception {
    return send(
        HttpRequest.newBuilder(uri.resolve("api-keys"))
            .header("X-Test-User", user)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}")));
  }

  /** The secret that such an answer shows. */
  static String secretIn(HttpResponse<String> added) {
    return added.body().replaceAll("(?s).*\"key\":\"([^\"]+)\".*", "$1");
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
