package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds in every container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ContainerContract
    implements StartContract, ErrorPageContract, EverywhereContract, ScopeContract {
  private static final String ALICE = "alice|alice|API_KEY|user:true|admin:false|*:false|**:true";
  private static final String NOBODY = "null|null|null|user:false|admin:false|*:false|**:false";

  private final HttpClient client = HttpClient.newHttpClient();
  private Container container;
  private URI uri;
  private String key;

  /** A container that is not started yet. */
  protected abstract Container container();

  @Override
  public final Container newContainer() {
    return container();
  }

  @BeforeAll
  void start() throws Exception {
    container = container();
    uri =
        container.start(
            TestApplication.ERROR_PAGE, new TestApplication(TestApplication.initParams()));
    get("api-keys"); // some containers start servlets and filters only when they are asked for
  }

  @AfterAll
  void stop() throws Exception {
    container.close();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.isAlive() && thread.getName().contains("latchkey"))) {
      assertThat(System.nanoTime()).as("our threads are still there").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @BeforeEach
  void addKey() throws Exception {
    key = get("public/add").body();
    assertThat(key).startsWith("lk_");
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> getWithKey(String path) throws Exception {
    return get(path, "Authorization", "Bearer " + key);
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String type, String challenge) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains(challenge);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body()).contains("\"urn:latchkey:" + type + "\"");
  }

  @Test
  void theCallerIsTheKeysOwnerInAllTheServletApiSays() throws Exception {
    HttpResponse<String> answer = getWithKey("api/surface");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ALICE + "|1 wrapper|REQUEST");
    assertThat(answer.headers().firstValue("API-Key-Expires").orElse("")).endsWith(" GMT");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(get("api/surface", "X-API-Key", key).body()).startsWith(ALICE);
  }

  @Test
  void refusalsFollowTheContract() throws Exception {
    String challenge = "Bearer realm=\"API\"";
    assertRefused(get("api/surface"), 401, "missing-key", challenge);
    assertRefused(
        get("api/surface", "Authorization", "Bearer nonsense"),
        401,
        "invalid-key",
        challenge + ", error=\"invalid_token\"");
    for (String[] malformed :
        new String[][] {
          {"Authorization", "Bearer"},
          {"Authorization", "Bearer a b"},
          {"Authorization", "Bearer " + key, "Authorization", "Bearer " + key},
          {"Authorization", "Bearer " + key, "X-API-Key", key}
        }) {
      assertRefused(
          get("api/surface", malformed),
          400,
          "malformed-credentials",
          challenge + ", error=\"invalid_request\"");
    }
  }

  @Test
  void aPreflightPasses() throws Exception {
    HttpResponse<String> answer =
        send(
            "OPTIONS",
            "api/surface",
            "Origin",
            "https://example.org",
            "Access-Control-Request-Method",
            "GET");
    assertThat(answer.body()).isEqualTo(NOBODY + "|0 wrapper|REQUEST");
  }

  @Test
  void credentialsMayBeOptional() throws Exception {
    assertThat(get("optional/x").body()).startsWith(NOBODY);
    assertThat(getWithKey("optional/x").body()).startsWith(ALICE);
    assertRefused(
        get("optional/x", "Authorization", "Bearer nonsense"),
        401,
        "invalid-key",
        "Bearer realm=\"Optional\", error=\"invalid_token\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async", "async-unwrapped"})
  void aRequestIsJudgedOnceAndTheDecisionCarriedAlong(String dispatch) throws Exception {
    HttpResponse<String> answer = getWithKey("api/" + dispatch);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith(ALICE + "|1 wrapper|" + dispatch.split("-")[0].toUpperCase(Locale.ROOT));
    assertThat(getWithKey("api/surface").statusCode()).isEqualTo(401); // revoked meanwhile
  }

  @Test
  void theDecisionHoldsInOtherThreads() throws Exception {
    assertThat(getWithKey("api/other-thread").body()).startsWith(ALICE + "|1 wrapper");
  }

  @Test
  void anErrorPageKnowsTheCaller() throws Exception {
    HttpResponse<String> answer = getWithKey("api/fail");
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.body()).isEqualTo(ALICE + "|1 wrapper|ERROR");
  }

  @Test
  void anErrorPageIsShownForRequestsThatWereNeverJudged() throws Exception {
    HttpResponse<String> answer = get("public/fail");
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.body()).isEqualTo(NOBODY + "|0 wrapper|ERROR");
  }

  @Test
  void whoIsForwardedHereIsJudgedHere() throws Exception {
    assertRefused(get("public/forward"), 401, "missing-key", "Bearer realm=\"API\"");
    assertThat(getWithKey("public/forward").body()).isEqualTo(ALICE + "|1 wrapper|FORWARD");
  }

  @Test
  void whatMayNotBeIncludedIsLeftOut() throws Exception {
    assertThat(get("public/include").body()).isEqualTo("<>");
    assertThat(getWithKey("public/include").body()).isEqualTo("<" + ALICE + "|1 wrapper|INCLUDE>");
  }

  @Test
  void authenticateLoginAndLogoutAgree() throws Exception {
    assertThat(getWithKey("api/logout").body())
        .isEqualTo(
            "true|refused|" + NOBODY + "|1 wrapper|REQUEST|" + NOBODY + "|1 wrapper|INCLUDE");
  }

  @Test
  void nobodyIsInNoRole() throws Exception {
    assertThat(getWithKey("api/no-role").body()).isEqualTo("false");
  }

  @Test
  void sessionsAreTheApplicationsToMake() throws Exception {
    HttpResponse<String> answer = getWithKey("api/session");
    assertThat(answer.body()).isEqualTo("false|y");
    assertThat(answer.headers().firstValue("Set-Cookie")).isPresent();
  }

  @Test
  void theServletServesTheLoggedInUser() throws Exception {
    assertThat(get("api-keys").statusCode()).isEqualTo(401);
    HttpResponse<String> answer = get("api-keys", "X-Test-User", "bob");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"keys\":[]");
    HttpRequest add =
        HttpRequest.newBuilder(uri.resolve("api-keys"))
            .header("X-Test-User", "carol")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"description\":\"Grüße\"}"))
            .build();
    answer = client.send(add, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).contains("Grüße");
    String location = answer.headers().firstValue("Location").orElseThrow();
    URI made = uri.resolve(location);
    for (String method : new String[] {"PATCH", "DELETE"}) {
      HttpRequest change =
          HttpRequest.newBuilder(made)
              .header("X-Test-User", "carol")
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString("{\"description\":\"x\"}"))
              .build();
      assertThat(client.send(change, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isIn(200, 204);
    }
  }

  /** Bytes that no client library would send. */
  @Test
  void whateverBytesTheHeaderHoldsTheAnswerIsARefusal() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(ascii("GET /api/surface HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"));
      request.writeBytes(ascii(random.nextBoolean() ? "Authorization: " : "X-API-Key: "));
      request.writeBytes(ascii(random.nextBoolean() ? "Bearer " : ""));
      byte[] value = ascii(random.nextBoolean() ? key : "");
      value = java.util.Arrays.copyOf(value, value.length + random.nextInt(4));
      for (int changes = 0; changes < 3 && value.length > 0; changes++) {
        byte any = (byte) random.nextInt(256);
        value[random.nextInt(value.length)] = any == '\r' || any == '\n' ? (byte) 0xff : any;
      }
      request.writeBytes(value);
      request.writeBytes(ascii("\r\n\r\n"));
      String answer = exchange(request.toByteArray());
      if (!new String(value, StandardCharsets.ISO_8859_1).strip().equals(key)) {
        assertThat(answer)
            .as("answer to %s", java.util.Arrays.toString(value))
            .matches("(?s)HTTP/1.1 40[01] .*")
            .doesNotContain("dev.latchkey"); // some containers show stack traces of their own
      }
    }
  }

  private String exchange(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
