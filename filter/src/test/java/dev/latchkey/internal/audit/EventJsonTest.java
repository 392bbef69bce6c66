package dev.latchkey.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.store.StoredEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventJsonTest {
  private static final Instant AT = Instant.parse("2026-11-25T01:12:30.123456Z");

  @Test
  void eventIsOneObjectInTheContractsOrder() {
    assertThat(
            EventJson.of(
                new StoredEvent(
                    "3kTq9mWxZ2aB0000",
                    AT,
                    "key.added",
                    "alice",
                    "user",
                    "alice",
                    "3kTq9mWxZ2aC",
                    "192.0.2.7",
                    null,
                    "{\"expiresAt\":\"2026-12-25T01:12:30Z\",\"scopes\":null}")))
        .isEqualTo(
            ("{'id':'3kTq9mWxZ2aB0000','at':'2026-11-25T01:12:30.123456Z','action':'key.added',"
                    + "'actor':'alice','actorType':'user','owner':'alice','tag':'3kTq9mWxZ2aC',"
                    + "'from':'192.0.2.7','reason':null,"
                    + "'details':{'expiresAt':'2026-12-25T01:12:30Z','scopes':null}}")
                .replace('\'', '"'));
  }

  @Test
  void nothingIsCutAndNothingEndsTheLine() {
    String owner = "🔑".repeat(254) + "\n";
    String reason = "\u2028\"\r\n{}".repeat(30);
    String line =
        EventJson.of(
            new StoredEvent(
                "i", AT, "owner.deleted", owner, "user", owner, null, "x\u001b[0m", reason, "{}"));
    assertThat(line).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]");
    JsonNode read = new JsonMapper().readTree(line);
    assertThat(read.get("owner").asString()).isEqualTo(owner);
    assertThat(read.get("actor").asString()).isEqualTo(owner);
    assertThat(read.get("reason").asString()).isEqualTo(reason);
    assertThat(read.get("from").asString()).isEqualTo("x\u001b[0m");
    assertThat(read.get("tag").isNull()).isTrue();
    assertThat(read.get("details").isObject()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T01:12:30Z,2026-11-25T01:12:30.000000Z",
    "2026-11-25T01:12:30.1Z,2026-11-25T01:12:30.100000Z",
    "2026-11-25T01:12:30.000001Z,2026-11-25T01:12:30.000001Z",
    "0001-01-01T00:00:00Z,0001-01-01T00:00:00.000000Z"
  })
  void instantsAlwaysHaveSixDigits(Instant instant, String text) {
    assertThat(EventJson.instant(instant)).isEqualTo(text);
  }
}
