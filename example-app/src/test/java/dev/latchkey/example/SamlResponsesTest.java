package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.latchkey.example.saml.SamlOptions;
import dev.latchkey.test.MariaDbServer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which answers of an identity provider are believed, and which are not. */
@ExtendWith(Keycloak.Extension.class)
class SamlResponsesTest extends PageTest {
  private final Keycloak keycloak;
  private final HttpClient http = HttpClient.newHttpClient();

  SamlResponsesTest(Browser browser, MariaDbServer mariaDb, Keycloak keycloak) {
    super(browser, mariaDb);
    this.keycloak = keycloak;
  }

  @Override
  SamlOptions saml() {
    return new SamlOptions(
        keycloak.metadata().toString(),
        Keycloak.ENTITY_ID,
        null,
        SamlOptions.DEFAULT_SESSION_LENGTH);
  }

  @Override
  @BeforeEach
  void start() {
    clock.set(Instant.now());
    super.start();
  }

  /** A real answer, kept from reaching us. */
  private record Genuine(String response, String cookie) {
    String xml() {
      return new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
    }
  }

  private Genuine genuine() {
    Visitor sam = visitor(english());
    AtomicReference<String> form = new AtomicReference<>();
    sam.page.route(
        "**/saml/acs",
        route -> {
          form.set(route.request().postData());
          route.fulfill(
              new com.microsoft.playwright.Route.FulfillOptions()
                  .setContentType("text/html")
                  .setBody("<title>caught</title>"));
        });
    sam.open("/login");
    sam.page.getByText("Log in with SAML").click();
    sam.page.locator("#username").fill("sam");
    sam.page.locator("#password").fill("sam");
    sam.page.locator("#kc-login").click();
    sam.page.waitForCondition(() -> sam.page.title().equals("caught"));
    String cookie =
        sam.page.context().cookies().stream()
            .filter(c -> c.name.equals("saml_question"))
            .findFirst()
            .orElseThrow()
            .value;
    String response = form.get().replaceFirst("(?s).*?SAMLResponse=([^&]*).*", "$1");
    return new Genuine(URLDecoder.decode(response, StandardCharsets.UTF_8), cookie);
  }

  private HttpResponse<String> post(String response, String cookie) throws Exception {
    return send(
        HttpRequest.newBuilder(server.uri().resolve("saml/acs"))
            .header("Cookie", "saml_question=" + cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "SAMLResponse=" + URLEncoder.encode(response, StandardCharsets.UTF_8))));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String question() throws Exception {
    HttpResponse<String> asked = send(HttpRequest.newBuilder(server.uri().resolve("saml/login")));
    assertThat(asked.statusCode()).isEqualTo(303);
    assertThat(asked.headers().firstValue("Location").orElseThrow()).contains("SAMLRequest=");
    String cookie = asked.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("SameSite=None", "Secure", "HttpOnly", "Path=/saml");
    return cookie.replaceFirst("saml_question=([^;]+).*", "$1");
  }

  private String home(HttpResponse<String> loggedIn) throws Exception {
    String session =
        loggedIn.headers().allValues("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith("JSESSIONID="))
            .map(cookie -> cookie.replaceFirst(";.*", ""))
            .findFirst()
            .orElse("none=none");
    return send(HttpRequest.newBuilder(server.uri()).header("Cookie", session)).body();
  }

  @Test
  void aGenuineAnswerIsBelievedOnce() throws Exception {
    Genuine genuine = genuine();
    assertThat(post(genuine.response(), "").statusCode()).as("another browser").isEqualTo(401);
    assertThat(post(genuine.response(), question()).statusCode())
        .as("another question of another browser")
        .isEqualTo(401);
    HttpResponse<String> first = post(genuine.response(), genuine.cookie());
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(home(first)).contains("Hello, sam");
    HttpResponse<String> again = post(genuine.response(), genuine.cookie());
    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(home(again)).doesNotContain("Hello, sam");
  }

  @Test
  void forgeriesAreRefused() throws Exception {
    String xml = genuine().xml();
    KeyPair otherKey = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    SoftAssertions all = new SoftAssertions();
    String question = question();
    SamlForge forge = new SamlForge(xml, question, keycloak.signingKey(), otherKey);
    for (Map.Entry<String, String> bad : forge.bad().entrySet()) {
      HttpResponse<String> answer = post(encoded(bad.getValue()), question);
      all.assertThat(answer.statusCode()).as(bad.getKey()).isEqualTo(401);
      all.assertThat(answer.headers().allValues("Set-Cookie")).as(bad.getKey()).isEmpty();
    }
    for (String garbage : new String[] {"", "***", "aGVsbG8"}) {
      all.assertThat(post(garbage, question).statusCode()).as(garbage).isEqualTo(401);
    }
    all.assertAll();
    // None of them has used the question up.
    assertThat(post(encoded(forge.good().get("assertion signed")), question).statusCode())
        .isEqualTo(303);
  }

  @Test
  void whatIsRightIsBelieved() throws Exception {
    String xml = genuine().xml();
    KeyPair otherKey = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    for (String name : new SamlForge(xml, "_", keycloak.signingKey(), otherKey).good().keySet()) {
      String question = question();
      SamlForge forge = new SamlForge(xml, question, keycloak.signingKey(), otherKey);
      HttpResponse<String> answer = post(encoded(forge.good().get(name)), question);
      assertThat(answer.statusCode()).as(name).isEqualTo(303);
      assertThat(home(answer)).as(name).contains("Hello, sam");
    }
  }

  @Test
  void withoutAnEndOfTheSessionTheConfiguredLengthCounts() throws Exception {
    String xml = genuine().xml();
    String question = question();
    String answer =
        new SamlForge(
                xml,
                question,
                keycloak.signingKey(),
                KeyPairGenerator.getInstance("RSA").generateKeyPair())
            .good()
            .get("without SessionNotOnOrAfter");
    HttpResponse<String> loggedIn = post(encoded(answer), question);
    String session =
        loggedIn.headers().allValues("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith("JSESSIONID="))
            .findFirst()
            .orElseThrow()
            .replaceFirst(";.*", "");
    JsonNode keys =
        JsonMapper.shared()
            .readTree(
                send(HttpRequest.newBuilder(URI.create(server.uri() + "api-keys"))
                        .header("Cookie", session))
                    .body());
    assertThat(keys.at("/policy/validity/mode").asString()).isEqualTo("session");
    assertThat(Instant.parse(keys.at("/policy/validity/expiresAt").asString()))
        .isEqualTo(
            clock
                .instant()
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .plus(SamlOptions.DEFAULT_SESSION_LENGTH));
  }

  @Test
  void theMetadataSayWhoWeAre() throws Exception {
    HttpResponse<String> metadata =
        send(HttpRequest.newBuilder(server.uri().resolve("saml/metadata")));
    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body()).contains(Keycloak.ENTITY_ID, server.uri() + "saml/acs");
  }

  private static String encoded(String xml) {
    return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
  }
}
