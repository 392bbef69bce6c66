package dev.latchkey.example.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.example.ExampleOptions;
import dev.latchkey.example.ExampleServer;
import dev.latchkey.test.MutableClock;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which answers of an identity provider are believed, and which are not. */
@ExtendWith(Keycloak.Extension.class)
class SamlResponsesTest {
  private final MutableClock clock = new MutableClock(Instant.now());
  private final Keycloak keycloak;
  private final HttpClient http = HttpClient.newHttpClient();
  private final KeyPair otherKey;
  private ExampleServer server;

  SamlResponsesTest(Keycloak keycloak) throws Exception {
    this.keycloak = keycloak;
    this.otherKey = KeyPairGenerator.getInstance("RSA").generateKeyPair();
  }

  @BeforeEach
  void start() {
    SamlOptions saml =
        new SamlOptions(
            keycloak.metadata().toString(),
            Keycloak.ENTITY_ID,
            null,
            SamlOptions.DEFAULT_SESSION_LENGTH);
    ApiKeysConfig config =
        ApiKeysConfig.builder()
            .jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
            .jdbcUser("sa")
            .clock(clock)
            .build();
    server = ExampleServer.start(new ExampleOptions(0, config), new SamlLogins(saml));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A question of ours: where it leads, and the cookie that it is kept in. */
  private record Question(URI uri, String id) {}

  private Question ask() throws Exception {
    HttpResponse<String> asked = send(HttpRequest.newBuilder(server.uri().resolve("saml/login")));
    assertThat(asked.statusCode()).isEqualTo(303);
    String cookie = asked.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("SameSite=None", "Secure", "HttpOnly", "Path=/saml");
    return new Question(
        URI.create(asked.headers().firstValue("Location").orElseThrow()),
        cookie.replaceFirst("saml_question=([^;]+).*", "$1"));
  }

  private String genuineXml() throws Exception {
    return new String(
        Base64.getMimeDecoder().decode(keycloak.answer(ask().uri(), "sam")),
        StandardCharsets.UTF_8);
  }

  private SamlForge forge(String xml, Question question) {
    return new SamlForge(xml, question.id(), keycloak.signingKey(), otherKey);
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

  private static String session(HttpResponse<String> loggedIn) {
    return loggedIn.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("JSESSIONID="))
        .map(cookie -> cookie.replaceFirst(";.*", ""))
        .findFirst()
        .orElse("none=none");
  }

  private String home(HttpResponse<String> loggedIn) throws Exception {
    return send(HttpRequest.newBuilder(server.uri()).header("Cookie", session(loggedIn))).body();
  }

  @Test
  void genuineResponseIsAcceptedOnce() throws Exception {
    Question question = ask();
    String answer = keycloak.answer(question.uri(), "sam");
    assertThat(post(answer, "").statusCode()).as("another browser").isEqualTo(401);
    assertThat(post(answer, ask().id()).statusCode())
        .as("another question of another browser")
        .isEqualTo(401);
    HttpResponse<String> first = post(answer, question.id());
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(home(first)).contains("Hello, sam");
    HttpResponse<String> again = post(answer, question.id());
    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(home(again)).doesNotContain("Hello, sam");
  }

  /** Who gave somebody a session before the login must not share it afterwards. */
  @Test
  void loginGetsANewSession() throws Exception {
    HttpResponse<String> alice =
        send(
            HttpRequest.newBuilder(server.uri().resolve("login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=alice&password=alice")));
    assertThat(home(alice)).contains("Hello, alice");
    Question question = ask();
    HttpResponse<String> sam =
        post(keycloak.answer(question.uri(), "sam"), question.id() + "; " + session(alice));
    assertThat(home(sam)).contains("Hello, sam");
    assertThat(session(sam)).isNotEqualTo(session(alice));
    assertThat(home(alice)).doesNotContain("Hello");
  }

  @Test
  void forgedResponsesAreRejected() throws Exception {
    SoftAssertions all = new SoftAssertions();
    Question question = ask();
    SamlForge forge = forge(genuineXml(), question);
    for (Map.Entry<String, String> bad : forge.bad().entrySet()) {
      HttpResponse<String> answer = post(encoded(bad.getValue()), question.id());
      all.assertThat(answer.statusCode()).as(bad.getKey()).isEqualTo(401);
      all.assertThat(answer.headers().allValues("Set-Cookie")).as(bad.getKey()).isEmpty();
    }
    for (String garbage : new String[] {"", "***", "aGVsbG8"}) {
      all.assertThat(post(garbage, question.id()).statusCode()).as(garbage).isEqualTo(401);
    }
    String urlSafe =
        Base64.getUrlEncoder()
            .encodeToString(
                forge.bad().get("comment in the name").getBytes(StandardCharsets.UTF_8));
    all.assertThat(post(urlSafe, question.id()).statusCode()).as("URL-safe").isEqualTo(401);
    all.assertAll();
    // None of them has used the question up.
    assertThat(post(encoded(forge.good().get("assertion signed")), question.id()).statusCode())
        .isEqualTo(303);
  }

  @Test
  void validResponsesAreAccepted() throws Exception {
    String xml = genuineXml();
    for (String name : forge(xml, ask()).good().keySet()) {
      Question question = ask();
      HttpResponse<String> answer =
          post(encoded(forge(xml, question).good().get(name)), question.id());
      assertThat(answer.statusCode()).as(name).isEqualTo(303);
      assertThat(home(answer)).as(name).contains("Hello, sam");
    }
  }

  @Test
  void configuredSessionLengthIsTheDefault() throws Exception {
    Question question = ask();
    String answer = forge(genuineXml(), question).good().get("without SessionNotOnOrAfter");
    HttpResponse<String> loggedIn = post(encoded(answer), question.id());
    JsonNode keys =
        JsonMapper.shared()
            .readTree(
                send(HttpRequest.newBuilder(server.uri().resolve("api-keys"))
                        .header("Cookie", session(loggedIn)))
                    .body());
    assertThat(keys.at("/policy/validity/mode").asString()).isEqualTo("session");
    assertThat(Instant.parse(keys.at("/policy/validity/expiresAt").asString()))
        .isEqualTo(
            clock
                .instant()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(SamlOptions.DEFAULT_SESSION_LENGTH));
  }

  @Test
  void metadataDescribeTheServiceProvider() throws Exception {
    HttpResponse<String> metadata =
        send(HttpRequest.newBuilder(server.uri().resolve("saml/metadata")));
    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body()).contains(Keycloak.ENTITY_ID, server.uri() + "saml/acs");
  }

  /** Of a federation's members, each could sign for the first. */
  @Test
  void severalIdentityProvidersStopTheStart(@TempDir Path folder) throws Exception {
    String one = send(HttpRequest.newBuilder(keycloak.metadata())).body();
    String descriptor =
        one.replaceFirst("(?s).*?(<md:EntityDescriptor.*</md:EntityDescriptor>).*", "$1");
    Path several =
        Files.writeString(
            folder.resolve("several.xml"),
            "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">"
                + descriptor
                + descriptor.replace("/realms/", "/other-realms/")
                + "</md:EntitiesDescriptor>");
    assertRefused(several, "exactly one");
  }

  @Test
  void unusableMetadataStopTheStart(@TempDir Path folder) throws Exception {
    String good = send(HttpRequest.newBuilder(keycloak.metadata())).body();
    Path noRedirect =
        Files.writeString(
            folder.resolve("post-only.xml"),
            good.replace("bindings:HTTP-Redirect", "bindings:PAOS"));
    assertRefused(noRedirect, "HTTP-Redirect");
    Path noCertificate =
        Files.writeString(
            folder.resolve("certificate.xml"),
            good.replaceAll("(<ds:X509Certificate>)[^<]*", "$1AAAA"));
    assertRefused(noCertificate, "CertificateException");
  }

  private static void assertRefused(Path metadata, String why) {
    SamlOptions saml =
        new SamlOptions(metadata.toString(), null, null, SamlOptions.DEFAULT_SESSION_LENGTH);
    ApiKeysConfig config =
        ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).jdbcUser("sa").build();
    assertThatThrownBy(
            () -> ExampleServer.start(new ExampleOptions(0, config), new SamlLogins(saml)))
        .hasMessageContaining("--saml-idp-metadata")
        .hasMessageContaining(why);
  }

  private static String encoded(String xml) {
    return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
  }
}
