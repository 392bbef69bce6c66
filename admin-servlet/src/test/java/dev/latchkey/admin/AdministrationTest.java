package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Answer;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.HttpCaller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** The servlet with administrators, who are there beside Alice and Bob. */
abstract class AdministrationTest extends ServletTest {
  static final String KEYS = "api-keys/admin/keys";

  /** Sees, narrows and revokes. */
  HttpCaller admin;

  /** Adds, reissues and widens, too. */
  HttpCaller issuer;

  @Override
  Map<String, String> initParams() {
    return Map.of("administratorRole", "administrator", "issuerRole", "issuer");
  }

  @Override
  ApiKeysConfig.Builder emptyDatabase() {
    return super.emptyDatabase().maxKeysPerUser(1000);
  }

  @BeforeEach
  void logIn() {
    admin = login("ada", "administrator");
    issuer = login("ivy", "administrator issuer");
  }

  final HttpCaller login(String name, String roles) {
    return anyone.with(HeaderLogin.HEADER, name).with(HeaderLogin.ROLES, roles);
  }

  /** Returns a name that no other test has. */
  static String newOwner() {
    return "owner-" + UUID.randomUUID();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Adds a key of an owner, by the issuer. */
  final Answer addFor(String owner) {
    Answer added = post(issuer, KEYS, json("owner", owner)).send();
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    return added;
  }

  /** Returns a JSON object with one string. */
  static String json(String name, String value) {
    return "{\"%s\": \"%s\"}".formatted(name, value.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  static String adminPath(Answer key) {
    return KEYS + "/" + key.get("tag");
  }

  static List<String> tags(Answer list) {
    assertThat(list.status()).as(list.text()).isEqualTo(200);
    return list.json().path("keys").values().stream()
        .map(key -> key.path("tag").asString())
        .toList();
  }

  static List<String> tagsOf(Answer... keys) {
    return Arrays.stream(keys).map(key -> key.get("tag")).toList();
  }

  static void assertInvalid(Answer answer, String field) {
    answer.assertProblem(400, "invalid-request");
    assertThat(answer.json().path("errors").values().stream())
        .as(answer.text())
        .anyMatch(error -> error.path("field").asString().equals(field));
  }
}
