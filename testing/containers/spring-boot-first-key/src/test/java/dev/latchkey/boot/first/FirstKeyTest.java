package dev.latchkey.boot.first;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.demo.DemoApplication;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** From a project with two more dependencies to the first accepted key, as docs/spring-boot.md. */
@ExtendWith(OutputCaptureExtension.class)
class FirstKeyTest {
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  private String base = "";

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  @Test
  void aKeyIsAcceptedAfterALoginAndAClick(CapturedOutput output) throws Exception {
    long start = System.nanoTime();
    try (ConfigurableApplicationContext application =
        SpringApplication.run(
            DemoApplication.class,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--latchkey.jdbc-url=jdbc:h2:./target/keys-" + start)) {
      base = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
      String password = find("generated security password: (\\S+)", output.getAll());
      String csrf =
          find("name=\"_csrf\"[^>]*value=\"([^\"]+)\"", send("GET", "/login", null).body());
      send(
          "POST",
          "/login",
          "username=user&password=" + password + "&_csrf=" + csrf,
          "Content-Type",
          "application/x-www-form-urlencoded");
      HttpResponse<String> page = send("GET", "/api-keys", null, "Accept", "text/html");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("api-key-menu.js");
      HttpResponse<String> added =
          send(
              "POST",
              "/api-keys",
              "{}",
              "Content-Type",
              "application/json",
              "Sec-Fetch-Site",
              "same-origin");
      String key = find("\"key\":\"([^\"]+)\"", added.body());
      HttpResponse<String> hello =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(base + "/api/hello"))
                      .header("Authorization", "Bearer " + key)
                      .build(),
                  BodyHandlers.ofString());
      assertThat(hello.body()).isEqualTo("Hello, user");
      System.out.println(
          "First key accepted after "
              + Duration.ofNanos(System.nanoTime() - start).toMillis()
              + " ms");
    }
  }
}
