package dev.latchkey.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls a server, with cookies, and follows no redirect. */
final class Browser {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();
  private final String base;

  Browser(String base) {
    this.base = base;
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, null, headers);
  }

  HttpResponse<String> get(String path, Key key) throws IOException, InterruptedException {
    return get(path, "Authorization", "Bearer " + key.text());
  }

  HttpResponse<String> post(String path, Key key, String json)
      throws IOException, InterruptedException {
    return send(
        "POST",
        path,
        json,
        "Authorization",
        "Bearer " + key.text(),
        "Content-Type",
        "application/json");
  }

  /** A key, told apart from a header. */
  record Key(String text) {}

  /** Logs in by the login page that Spring Security makes. */
  Browser login(String user) throws IOException, InterruptedException {
    Matcher csrf = CSRF.matcher(get("/login").body());
    String token = csrf.find() ? "&_csrf=" + csrf.group(1) : "";
    HttpResponse<String> answer =
        send(
            "POST",
            "/login",
            "username=" + user + "&password=" + user + token,
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).doesNotContain("error");
    return this;
  }

  /** Adds a key as the page does: it knows of no CSRF token. */
  HttpResponse<String> addKey() throws IOException, InterruptedException {
    return send(
        "POST",
        "/api-keys",
        "{}",
        "Content-Type",
        "application/json",
        "Sec-Fetch-Site",
        "same-origin");
  }

  static Key key(HttpResponse<String> added) {
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    return new Key(added.body().replaceAll("(?s).*\"key\":\"([^\"]*)\".*", "$1"));
  }
}
