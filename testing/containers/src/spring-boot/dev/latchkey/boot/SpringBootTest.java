package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The filter and the servlet beside the libraries, and the versions of them, that Boot brings. */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpringBootTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CONTEXT = "/b%C3%BCcher%20laden";

  private static Server database;
  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() throws Exception {
    database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    application =
        SpringApplication.run(
            ShopApplication.class,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--server.servlet.context-path=/bücher laden",
            "--server.forward-headers-strategy=framework",
            "--shop.jdbc-url=jdbc:h2:tcp://127.0.0.1:%d/mem:%s;DB_CLOSE_DELAY=-1"
                .formatted(database.getPort(), UUID.randomUUID()));
  }

  @AfterAll
  static void stop() {
    application.close();
    database.stop();
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    String port = application.getEnvironment().getProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> asUser(String user, String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, body, "X-User", user, "Sec-Fetch-Site", "same-origin");
  }

  private static String member(String name, HttpResponse<String> response) {
    return response.body().replaceAll("(?s).*?\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  private static int whoAmI(String key) throws IOException, InterruptedException {
    return send("GET", CONTEXT + "/api/whoami", null, "Authorization", "Bearer " + key)
        .statusCode();
  }

  @Test
  void aUserAddsListsEditsAndDeletesAKey() throws Exception {
    String keys = CONTEXT + "/api-keys";
    HttpResponse<String> added = asUser("alice", "POST", keys, "{\"description\":\"nightly\"}");
    assertThat(added.statusCode()).isEqualTo(201);
    String location = added.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo(keys + "/" + member("tag", added));
    assertThat(whoAmI(member("key", added))).isEqualTo(200);

    HttpResponse<String> listed = asUser("alice", "GET", keys, null);
    assertThat(listed.statusCode()).isEqualTo(200);
    assertThat(listed.body()).contains("\"tag\":\"" + member("tag", added) + "\"");

    HttpResponse<String> edited =
        asUser("alice", "PATCH", location, "{\"description\":\"weekly\",\"expiresInDays\":7}");
    assertThat(edited.statusCode()).isEqualTo(200);
    assertThat(member("description", edited)).isEqualTo("weekly");

    assertThat(asUser("alice", "DELETE", location, null).statusCode()).isEqualTo(204);
    assertThat(whoAmI(member("key", added))).isEqualTo(401);
    assertThat(asUser("alice", "GET", location, null).statusCode()).isEqualTo(404);
  }

  /** Where Boot takes the host from what the proxy says, the guard does, too. */
  @Test
  void aSiteBehindAProxyIsTheOwn() throws Exception {
    String[] headers = {
      "X-User",
      "bob",
      "X-Forwarded-Host",
      "shop.example",
      "X-Forwarded-Proto",
      "https",
      "Origin",
      "https://shop.example"
    };
    assertThat(send("POST", CONTEXT + "/api-keys", "{}", headers).statusCode()).isEqualTo(201);
    headers[7] = "https://evil.example";
    HttpResponse<String> refused = send("POST", CONTEXT + "/api-keys", "{}", headers);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("urn:latchkey:cross-site-request");
  }

  @Test
  @Order(Integer.MAX_VALUE) // the database does not come back
  void warningsComeOutInTheApplicationsLog(CapturedOutput output) throws Exception {
    database.stop();
    assertThat(asUser("carol", "GET", CONTEXT + "/api-keys", null).statusCode()).isEqualTo(503);
    // as Boot's own lines are
    assertThat(output.getOut())
        .containsPattern(" WARN \\d+ --- \\[.*] d\\S+Servlet +: Latchkey: key store unavailable");
  }
}
