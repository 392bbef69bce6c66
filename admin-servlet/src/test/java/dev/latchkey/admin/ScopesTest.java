package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key is limited to, over REST. */
class ScopesTest extends ServletTest {
  private static final String READ_ONLY =
      """
      {"scopes": ["read"]}
      """;

  private static void assertScopes(Answer key, String scopes) {
    assertThat(key.json().path("scopes").toString()).isEqualTo(scopes);
  }

  private int post(Answer key) {
    return post(anyone, "api/whoami", "{}").bearer(key.get("key")).send().status();
  }

  @Test
  void keyIsLimitedWhenItIsAddedEditedAndReissued() {
    Answer added = add(alice, READ_ONLY);
    assertThat(added.status()).isEqualTo(201);
    assertScopes(added, "[\"read\"]");
    assertScopes(get(alice, path(added)), "[\"read\"]");
    assertPasses(added);
    assertThat(post(added)).isEqualTo(403);
    assertScopes(patch(alice, path(added), "{\"description\": \"words\"}"), "[\"read\"]");
    Answer reissued = reissue(alice, path(added), "{}");
    assertScopes(reissued, "[\"read\"]");
    assertThat(post(reissued)).isEqualTo(403);
    assertScopes(patch(alice, path(reissued), "{\"scopes\": null}"), "null");
    assertThat(post(reissued)).as("of the application").isNotEqualTo(403);
    assertScopes(reissue(alice, path(reissued), READ_ONLY), "[\"read\"]");
  }

  @Test
  void policyTellsTheScopes() {
    assertThat(get(alice, "api-keys").json().at("/policy/scopes").toString())
        .isEqualTo(
            Answer.compact(
                """
                [{"name": "read", "description": "Read only", "grantable": true}]
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"read\"",
        "[]",
        "{}",
        "1",
        "true",
        "[1]",
        "[null]",
        "[[\"read\"]]",
        "[{}]",
        "[\"raed\"]",
        "[\"READ\"]",
        "[\"\"]",
        "[\"read \"]",
        "[\"read\", \"read\"]",
        "[\"read\", \"raed\"]",
        "[\"\\ud800\"]"
      })
  void whatIsNoListOfKnownScopesIsRejected(String scopes) {
    assertRejected(add(alice, "{\"scopes\": %s}".formatted(scopes)));
    Answer added = added();
    assertRejected(patch(alice, path(added), "{\"scopes\": %s}".formatted(scopes)));
    assertRejected(reissue(alice, path(added), "{\"scopes\": %s}".formatted(scopes)));
    assertPasses(added);
  }

  private static void assertRejected(Answer answer) {
    answer.assertProblem(400, "invalid-request");
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("scopes");
  }

  @Test
  void moreThanFiftyAreTooMany() {
    String many =
        IntStream.range(0, 51).mapToObj(i -> "\"s" + i + "\"").collect(Collectors.joining(","));
    assertRejected(add(alice, "{\"scopes\": [%s]}".formatted(many)));
  }
}
