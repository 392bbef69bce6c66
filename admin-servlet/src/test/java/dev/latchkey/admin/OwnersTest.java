package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCaller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners, over REST. */
class OwnersTest extends AdministrationTest {
  private static String path(String owner) {
    return "api-keys/admin/owner?name=" + encoded(owner);
  }

  private Answer put(String owner, String body) {
    return admin.call("PUT", path(owner)).json(body).send();
  }

  private static String written(String owner, boolean isDisabled, int keys) {
    return "{\"owner\":\"%s\",\"disabled\":%s,\"service\":false,\"keys\":%d}"
        .formatted(owner, isDisabled, keys);
  }

  @Test
  void ownerIsDisabledAndEnabled() {
    String owner = newOwner();
    assertThat(get(admin, path(owner)).text()).isEqualTo(written(owner, false, 0));
    Answer added = addFor(owner);
    assertThat(put(owner, "{\"disabled\": true, \"reason\": \"left\"}").text())
        .isEqualTo(written(owner, true, 1));
    assertInvalid(added);
    assertThat(get(admin, path(owner)).text()).isEqualTo(written(owner, true, 1));
    Answer refused = post(issuer, KEYS, json("owner", owner)).send();
    refused.assertProblem(409, "owner-disabled");
    assertThat(refused.get("detail")).doesNotContain("ou may not");
    add(login(owner, ""), "{}").assertProblem(409, "owner-disabled");
    assertThat(put(owner, "{\"disabled\": false}").text()).isEqualTo(written(owner, false, 1));
    assertPasses(added);
  }

  @Test
  void strangerMayBeDisabledBeforehand() {
    String owner = newOwner();
    assertThat(put(owner, "{\"disabled\": true}").text()).isEqualTo(written(owner, true, 0));
    assertThat(put(owner, "{\"disabled\": true}").text()).isEqualTo(written(owner, true, 0));
    post(issuer, KEYS, json("owner", owner)).send().assertProblem(409, "owner-disabled");
  }

  /** As when the wrong text is pasted: no secret gets into the audit. */
  @Test
  void keyIsNoOwnerToBeDisabled() {
    String key = addFor(newOwner()).get("key");
    Answer answer = put(key, "{\"disabled\": true}");
    assertInvalid(answer, "name");
    assertThat(answer.text()).doesNotContain(key);
  }

  @Test
  void deletedOwnerLeavesNothing() {
    String owner = newOwner();
    Answer first = addFor(owner);
    Answer second = addFor(owner);
    put(owner, "{\"disabled\": true}");
    Answer deleted = admin.call("DELETE", path(owner)).json("{\"reason\": \"gone\"}").send();
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.text()).isEmpty();
    assertInvalid(first);
    assertInvalid(second);
    assertThat(get(admin, path(owner)).text()).isEqualTo(written(owner, false, 0));
    assertThat(tags(get(admin, KEYS + "?owner=" + owner))).isEmpty();
    assertThat(delete(admin, path(owner)).status()).isEqualTo(204);
    Answer later = addFor(owner);
    assertPasses(later);
    assertThat(get(login(owner, ""), "api-keys/events").json().path("events").size()).isEqualTo(1);
    assertThat(get(admin, "api-keys/admin/events?owner=" + owner).json().path("events").size())
        .isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b", "..", "é", "🔑", "a b", "a+b", "a&b=c", "%41", "' OR 1=1 --", "a%", "#?;"})
  void nameMayHoldAnyCharacter(String name) {
    String owner = name + newOwner();
    Answer added = addFor(owner);
    assertThat(put(owner, "{\"disabled\": true}").get("owner")).isEqualTo(owner);
    assertInvalid(added);
    assertThat(delete(admin, path(owner)).status()).isEqualTo(204);
    assertThat(get(admin, path(owner)).json().path("keys").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?name=",
        "?name",
        "?name=a&name=b",
        "?name=%00",
        "?name=%0A",
        "?name=%FF",
        "?owner=a"
      })
  void badNameIsNamed(String query) {
    String path = "api-keys/admin/owner" + query;
    assertInvalid(get(admin, path), "name");
    assertInvalid(admin.call("PUT", path).json("{\"disabled\": true}").send(), "name");
    assertInvalid(delete(admin, path), "name");
    assertInvalid(get(admin, "api-keys/admin/owner?name=" + "x".repeat(256)), "name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                            | disabled",
        "{'disabled':null}             | disabled",
        "{'disabled':'true'}           | disabled",
        "{'disabled':1}                | disabled",
        "{'disabled':[true]}           | disabled",
        "{'disabled':true,'reason':1}  | reason",
        "{'disabled':true,'name':'x'}  | name",
        "{'disabled':true,'service':true} | service"
      })
  void badMemberIsNamed(String body, String field) {
    Answer added = add(alice, "{}");
    assertInvalid(put("alice", body.replace('\'', '"')), field);
    assertPasses(added);
  }

  /** A key that is added beside it is not live, or there is none. */
  @Test
  void ownerIsDisabledWhileAKeyIsAdded() throws Exception {
    for (int i = 0; i < 20; i++) {
      String owner = newOwner();
      HttpCaller user = login(owner, "");
      CountDownLatch go = new CountDownLatch(1);
      List<CompletableFuture<Answer>> adds = new ArrayList<>();
      for (HttpCaller caller : List.of(user, issuer)) {
        adds.add(
            CompletableFuture.supplyAsync(
                () -> {
                  AnyKeysTest.await(go);
                  return caller == user
                      ? add(user, "{}")
                      : post(issuer, KEYS, json("owner", owner)).send();
                }));
      }
      go.countDown();
      assertThat(put(owner, "{\"disabled\": true}").status()).isEqualTo(200);
      for (CompletableFuture<Answer> one : adds) {
        Answer added = one.get();
        if (added.status() == 201) {
          assertInvalid(added);
        } else {
          added.assertProblem(409, "owner-disabled");
        }
      }
    }
  }
}
