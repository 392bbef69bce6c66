package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revocations by administrators, over REST. */
class BulkRevocationsTest extends AdministrationTest {
  private static final String NOTHING = "{\"revoked\":0,\"keys\":[],\"more\":false}";

  private Answer revoke(String body) {
    return post(admin, "api-keys/admin/revocations", body).send();
  }

  private static String sha256(Answer key) throws Exception {
    byte[] text = key.get("key").getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
  }

  @Test
  void keyIsRevokedByItsText() {
    Answer added = addFor(newOwner());
    String shown = get(admin, adminPath(added)).text();
    String dry = "{\"key\": \"%s\", \"dryRun\": true}".formatted(added.get("key"));
    String expected = "{\"revoked\":1,\"keys\":[%s],\"more\":false}".formatted(shown);
    assertThat(revoke(dry).text()).isEqualTo(expected);
    assertPasses(added);
    Answer revoked =
        revoke("{\"key\": \"%s\", \"reason\": \"found in a log\"}".formatted(added.get("key")));
    assertThat(revoked.text()).isEqualTo(expected).doesNotContain(added.get("key"));
    assertInvalid(added);
    assertThat(revoke(dry).text()).isEqualTo(NOTHING);
    Answer events = get(admin, "api-keys/admin/events?action=key.revoked&tag=" + added.get("tag"));
    assertThat(events.json().at("/events/0/reason").asString()).isEqualTo("found in a log");
    assertThat(events.json().at("/events/0/actor").asString()).isEqualTo("ada");
    assertThat(events.json().at("/events/0/from").asString()).isEqualTo("127.0.0.1");
  }

  @Test
  void keyIsRevokedByItsHash() throws Exception {
    Answer added = addFor(newOwner());
    String hash = sha256(added).toUpperCase(Locale.ROOT);
    assertThat(
            revoke("{\"sha256\": \"%s\", \"dryRun\": true}".formatted(hash))
                .json()
                .path("revoked")
                .asInt())
        .isEqualTo(1);
    assertPasses(added);
    Answer revoked = revoke(json("sha256", hash));
    assertThat(revoked.json().path("revoked").asInt()).isEqualTo(1);
    assertInvalid(added);
    assertThat(revoke(json("sha256", hash)).text()).isEqualTo(NOTHING);
  }

  @Test
  void keysAreRevokedByAFilter() {
    String owner = newOwner();
    List<Answer> added = IntStream.range(0, 60).mapToObj(i -> addFor(owner)).toList();
    Answer other = addFor(newOwner());
    String filter = "{\"filter\": {\"ownerPrefix\": \"%s\", \"status\": \"active\"}%s}";
    Answer dry = revoke(filter.formatted(owner, ", \"dryRun\": true"));
    assertThat(dry.json().path("revoked").asInt()).isEqualTo(60);
    assertThat(dry.json().path("keys").size()).isEqualTo(50);
    assertPasses(added.get(0));
    Answer revoked = revoke(filter.formatted(owner, ", \"dryRun\": false"));
    assertThat(revoked.text()).isEqualTo(dry.text());
    added.forEach(this::assertInvalid);
    assertPasses(other);
  }

  @Test
  void textThatIsNoKeyRevokesNothing() {
    for (String text :
        List.of("", "x", "lk_", "lk_" + "a".repeat(49), "x".repeat(10_000), "' OR 1=1")) {
      assertThat(revoke(json("key", text)).text()).isEqualTo(NOTHING);
    }
    assertThat(revoke(json("sha256", "0".repeat(64))).text()).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                          | body",
        "{'dryRun':true}                             | body",
        "{'key':'a','sha256':'b'}                    | body",
        "{'key':'a','filter':{'owner':'a'}}          | body",
        "{'sha256':'b','filter':{'owner':'a'}}       | body",
        "{'key':null}                                | key",
        "{'key':1}                                   | key",
        "{'key':['a']}                               | key",
        "{'sha256':null}                             | sha256",
        "{'sha256':'0'}                              | sha256",
        "{'sha256':'zz'}                             | sha256",
        "{'sha256':{'a':1}}                          | sha256",
        "{'filter':null}                             | filter",
        "{'filter':[]}                               | filter",
        "{'filter':'all'}                            | filter",
        "{'filter':true}                             | filter",
        "{'filter':{}}                               | filter",
        "{'filter':{'owner':null}}                   | owner",
        "{'filter':{'owner':null,'status':'active'}} | owner",
        "{'filter':{'owner':''}}                     | owner",
        "{'filter':{'owner':1}}                      | owner",
        "{'filter':{'owner':{'filter':{}}}}          | owner",
        "{'filter':{'owner':'a\\u0000'}}             | owner",
        "{'filter':{'owner':'\\udc00'}}              | owner",
        "{'filter':{'ownerPrefix':''}}               | ownerPrefix",
        "{'filter':{'status':null}}                  | status",
        "{'filter':{'status':true}}                  | status",
        "{'filter':{'status':'dead','owner':'a'}}    | status",
        "{'filter':{'hint':'%%%%'}}                  | hint",
        "{'filter':{'unusedSince':null,'owner':'a'}} | unusedSince",
        "{'filter':{'unusedSince':1,'owner':'a'}}    | unusedSince",
        "{'filter':{'expiresBefore':'+1000000000-12-31T23:59:59Z'}} | expiresBefore",
        "{'filter':{'limit':1,'owner':'a'}}          | limit",
        "{'filter':{'cursor':'x','owner':'a'}}       | cursor",
        "{'filter':{'x':1,'owner':'a'}}              | x",
        "{'filter':{'owner':'a'},'dryRun':null}      | dryRun",
        "{'filter':{'owner':'a'},'dryRun':'true'}    | dryRun",
        "{'filter':{'owner':'a'},'dryRun':0}         | dryRun",
        "{'filter':{'owner':'a'},'reason':{}}        | reason",
        "{'filter':{'owner':'a'},'x':1}              | x"
      })
  void badMemberIsNamedAndRevokesNothing(String body, String field) {
    Answer added = add(alice, "{}");
    assertInvalid(revoke(body.replace('\'', '"').replace("\"a\"", "\"alice\"")), field);
    assertPasses(added);
  }

  /** Who asks for a dry run in a query would not get one. */
  @Test
  void parametersAreRejected() {
    String owner = newOwner();
    Answer added = addFor(owner);
    Answer answer =
        post(
                admin,
                "api-keys/admin/revocations?dryRun=true",
                "{\"filter\": {\"owner\": \"%s\"}}".formatted(owner))
            .send();
    assertInvalid(answer, "dryRun");
    assertPasses(added);
  }
}
