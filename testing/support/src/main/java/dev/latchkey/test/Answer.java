package dev.latchkey.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server answers to an {@link HttpCall}. */
public record Answer(HttpResponse<String> http) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Returns JSON as Latchkey writes it: without spaces, the members in their order. */
  public static String compact(String json) {
    return JSON.readTree(json).toString();
  }

  /** Returns the status. */
  public int status() {
    return http.statusCode();
  }

  /** Returns the body. */
  public String text() {
    return http.body();
  }

  /** Returns the body, read as JSON. */
  public JsonNode json() {
    return JSON.readTree(http.body());
  }

  /** Returns the text of a member of the JSON. */
  public String get(String member) {
    return json().path(member).asString();
  }

  /** Returns the first header field of a name; null if there is none. */
  public @Nullable String header(String name) {
    return http.headers().firstValue(name).orElse(null);
  }

  /** Fails unless this is a problem of a type, in the form that all of Latchkey's have. */
  public void assertProblem(int status, String type) {
    assertThat(status()).as(text()).isEqualTo(status);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(header("Cache-Control")).isEqualTo("no-store");
    assertThat(get("type")).isEqualTo("urn:latchkey:" + type);
    assertThat(json().path("status").intValue()).isEqualTo(status);
    assertThat(get("title")).isNotBlank();
    assertThat(get("detail")).isNotBlank();
  }
}
