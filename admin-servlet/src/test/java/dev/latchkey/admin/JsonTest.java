package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON in and out: to the letter, and no more than RFC 8259 allows. */
class JsonTest {
  private static AdminServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new AdminServer(
                ApiKeysConfig.builder()
                    .maxKeysPerUser(1000)
                    .clock(new MutableClock(Instant.parse("2026-11-23T04:00:00Z"))))
            .start(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawAnswer add(String body) throws IOException {
    return server.json("POST", "/api-keys", body);
  }

  @Test
  void newKeyIsWrittenInFull() throws Exception {
    RawAnswer added = add("{\"description\":\"a/b \\u00e9 \\ud83d\\ude00 \\\" \\\\\"}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.header("Content-Type")).isEqualTo("application/json");
    String key =
        ("{'tag':'%s','owner':'alice','description':'a/b é 😀 \\\" \\\\','status':'active',"
                + "'hint':'%s','createdAt':'2026-11-23T04:00:00Z',"
                + "'expiresAt':'2027-02-21T04:00:00Z','lastUsedAt':null,'lastUsedFrom':null,'scopes':null")
            .replace('\'', '"')
            .formatted(added.member("tag"), added.member("hint"));
    assertThat(added.text()).isEqualTo(key + ",\"key\":\"" + added.member("key") + "\"}");
    assertThat(server.get("/api-keys/" + added.member("tag")).text()).isEqualTo(key + "}");
    assertThat(server.get("/api-keys").text())
        .startsWith("{\"keys\":[{\"tag\":")
        .contains(key + "}")
        .endsWith(
            "],\"policy\":{\"maxKeys\":1000,\"validity\":"
                + "{\"mode\":\"choose\",\"defaultDays\":90,\"maxDays\":365},"
                + "\"scopes\":[{\"name\":\"read\",\"description\":\"Read only\","
                + "\"grantable\":true}]}}");
  }

  @Test
  void refusalIsWrittenInFull() throws Exception {
    RawAnswer refused = add("{\"b\":1,\"expiresInDays\":\"1\"}");
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.text())
        .isEqualTo(
            ("{'type':'urn:latchkey:invalid-request','title':'Invalid request','status':400,"
                    + "'detail':'b is not known here; known are description, expiresAt,"
                    + " expiresInDays, scopes.','errors':[{'field':'b','message':'is not known here; known"
                    + " are description, expiresAt, expiresInDays, scopes'},{'field':'expiresInDays',"
                    + "'message':'must be a whole number of days'}]}")
                .replace('\'', '"'));
    assertThat(server.get("/api-keys/nothing").text())
        .isEqualTo(
            ("{'type':'urn:latchkey:no-such-key','title':'No such key','status':404,"
                    + "'detail':'You have no API key with this tag.'}")
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\ufeff{}",
        "{}x",
        "{}{}",
        "{}//x",
        "{}\0",
        "\f{}",
        "[]",
        "null",
        "1",
        "\"{}\"",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\"}",
        "{'a':1}",
        "{a:1}",
        "{\"a\u0001\":1}",
        "{\"\\ud800\":1}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":1}",
        "{\"description\":\"x\",\"description\":\"x\"}",
        "{\"x\":{\"y\":1,\"y\":2}}",
        "{\"description\":\"a\tb\"}",
        "{\"description\":\"\\x\"}",
        "{\"description\":\"\\u12\"}",
        "{\"expiresInDays\":NaN}",
        "{\"expiresInDays\":Infinity}",
        "{\"expiresInDays\":-Infinity}",
        "{\"expiresInDays\":+1}",
        "{\"expiresInDays\":01}",
        "{\"expiresInDays\":.5}",
        "{\"expiresInDays\":5.}",
        "{\"expiresInDays\":0x1e}",
        "{\"expiresInDays\":1e99999999999}"
      })
  void bodyThatIsNotOneObjectIsRejected(String body) throws Exception {
    assertNoObject(add(body));
  }

  private static void assertNoObject(RawAnswer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains("urn:latchkey:invalid-request")
        .contains("{\"field\":\"body\",\"message\":\"must be one JSON object");
  }

  @Test
  void bodyTooDeepOrTooLongIsRejected() throws Exception {
    assertNoObject(add("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
    assertNoObject(add("{\"a\":" + "{\"a\":".repeat(2000)));
    assertNoObject(add("{\"expiresInDays\":" + "9".repeat(10_000) + "}"));
    assertNoObject(add("{\"expiresInDays\":1" + "0".repeat(10_000) + "e-9999}"));
  }

  @Test
  void bodyThatIsNotUtf8IsRejected() throws Exception {
    for (byte[] body :
        new byte[][] {
          "{\"description\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
          "{}".getBytes(StandardCharsets.UTF_16),
          "{}".getBytes(StandardCharsets.UTF_16LE),
          {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'}, // half a pair
          {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'}, // overlong
        }) {
      assertNoObject(server.json("POST", "/api-keys", body));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'description':'\\ud800'}         | description",
        "{'description':'\\udc00\\ud800'}  | description",
        "{'description':{}}                | description",
        "{'description':['x']}             | description",
        "{'description':true}              | description",
        "{'description':1}                 | description",
        "{'expiresInDays':null}            | expiresInDays",
        "{'expiresInDays':'30'}            | expiresInDays",
        "{'expiresInDays':true}            | expiresInDays",
        "{'expiresInDays':[30]}            | expiresInDays",
        "{'expiresInDays':30.5}            | expiresInDays",
        "{'expiresInDays':3.05e1}          | expiresInDays",
        "{'expiresInDays':30e-1000}        | expiresInDays",
        "{'expiresInDays':1e400}           | expiresInDays",
        "{'expiresInDays':1e999999999}     | expiresInDays",
        "{'expiresInDays':1e-999999999}    | expiresInDays",
        "{'expiresInDays':99999999999}     | expiresInDays",
        "{'expiresInDays':4294967326}      | expiresInDays",
        "{'expiresInDays':0.0}             | expiresInDays",
        "{'expiresInDays':-0}              | expiresInDays",
        "{'expiresInDays':0e999999999}     | expiresInDays",
        "{'expiresAt':1}                   | expiresAt",
        "{'expiresAt':null}                | expiresAt",
        "{'expiresAt':'2027-01-01'}        | expiresAt",
        "{'graceSeconds':0}                | graceSeconds",
        "{'x\\u0001':{'y':[1,{'z':null}]}} | x\\u0001"
      })
  void aBadValueIsNamed(String body, String field) throws Exception {
    RawAnswer refused = add(body.replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text())
        .contains("urn:latchkey:invalid-request")
        .contains("\"errors\":[{\"field\":\"" + field + "\"");
  }

  /** JSON Schema's integer is a mathematical one. */
  @ParameterizedTest
  @ValueSource(
      strings = {"30", "30.0", "30.000", "3e1", "3E+1", "0.3e2", "300e-1", "30.0e0", "3.0e001"})
  void wholeNumberMayHaveAnyNotation(String thirty) throws Exception {
    RawAnswer added = add("{\"expiresInDays\":" + thirty + "}");
    assertThat(added.member("expiresAt")).isEqualTo("2026-12-23T04:00:00Z");
    String path = "/api-keys/" + added.member("tag");
    RawAnswer edited = server.json("PATCH", path, "{\"expiresInDays\":" + thirty + "}");
    assertThat(edited.member("expiresAt")).isEqualTo("2026-12-23T04:00:00Z");
    RawAnswer reissued =
        server.json(
            "POST",
            path + "/reissue",
            "{\"expiresInDays\":" + thirty + ",\"graceSeconds\":" + thirty + "}");
    assertThat(reissued.status()).isEqualTo(201);
    assertThat(server.get(path).member("expiresAt")).isEqualTo("2026-11-23T04:00:30Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "-1", "-1.0", "1e10", "\"1\"", "null", "{}"})
  void graceIsAWholeNumberOfSeconds(String grace) throws Exception {
    String path = "/api-keys/" + add("{}").member("tag") + "/reissue";
    RawAnswer refused = server.json("POST", path, "{\"graceSeconds\":" + grace + "}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("\"field\":\"graceSeconds\"");
    assertThat(server.json("POST", path, "{\"graceSeconds\":-0.0}").status()).isEqualTo(201);
  }

  @Test
  void nullRemovesTheDescription() throws Exception {
    String path = "/api-keys/" + add("{\"description\":\"x\"}").member("tag");
    assertThat(server.json("PATCH", path, "{}").member("description")).isEqualTo("x");
    assertThat(server.json("PATCH", path, "{\"description\":null}").member("description"))
        .isEmpty();
  }
}
