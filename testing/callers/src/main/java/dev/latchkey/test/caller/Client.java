package dev.latchkey.test.caller;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller with cookies of its own. */
public final class Client {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final URI base;

  /** A caller of a server. */
  public Client(URI base) {
    this.base = base;
  }

  /** An answer. */
  public record Answer(HttpResponse<String> http) {
    public int status() {
      return http.statusCode();
    }

    public String text() {
      return http.body();
    }

    public JsonNode json() {
      return JSON.readTree(http.body());
    }

    public String get(String member) {
      return json().path(member).asString();
    }

    public @Nullable String header(String name) {
      return http.headers().firstValue(name).orElse(null);
    }
  }

  /** A client that has logged in. */
  public static Client loggedIn(URI base, String user) {
    Client client = new Client(base);
    Answer answer =
        client.send(
            "POST",
            "login",
            "username=%1$s&password=%1$s".formatted(user),
            "Content-Type",
            "application/x-www-form-urlencoded");
    if (answer.status() != 303) {
      throw new AssertionError("login answered " + answer.status());
    }
    return client;
  }

  public Answer send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
    }
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer json(String method, String path, String body) {
    return send(method, path, body, "Content-Type", "application/json");
  }

  /** Calls the API with a key. */
  public Answer whoami(String key) {
    return get("api/whoami", "Authorization", "Bearer " + key);
  }

  public Answer add(String body) {
    return json("POST", "api-keys", body);
  }
}
