package dev.latchkey.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written is what a parser reads, and one line wherever it is read. */
class JsonObjectTest {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static JsonNode read(JsonObject json) {
    String text = json.toString();
    assertThat(text.chars())
        .as("no control, and nothing that ends a line anywhere")
        .noneMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029);
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    return STRICT.readTree(text);
  }

  @Test
  void valuesOfAllKindsKeepTheirOrder() {
    JsonObject json =
        new JsonObject()
            .put("s", "a")
            .put("n", (String) null)
            .put("b", true)
            .put("l", List.of("x", "y"))
            .put("e", List.of())
            .put("none", (Set<String>) null)
            .put("o", new JsonObject().put("p", false))
            .putRaw("r", "[1]");
    assertThat(json)
        .hasToString(
            "{'s':'a','n':null,'b':true,'l':['x','y'],'e':[],'none':null,'o':{'p':false},'r':[1]}"
                .replace('\'', '"'));
    assertThat(json.isEmpty()).isFalse();
    assertThat(new JsonObject().isEmpty()).isTrue();
    assertThat(new JsonObject()).hasToString("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "\\",
        "\\u0041",
        "\r\n{\"id\":\"forged\"}",
        "\0",
        "\t",
        "\u0085",
        "\u009b31m",
        "\u2028\u2029",
        "\u007f",
        "</script>",
        "{} {0} %s ${jndi:x}",
        "ünïcödé 鍵 🔑",
        "\ud83d",
        "\udd11",
        "\udd11\ud83d",
        "\ud83d\ud83d\udd11\udd11"
      })
  void textsAreReadAsTheyWere(String text) {
    assertThat(read(new JsonObject().put("v", text)).get("v").asString()).isEqualTo(text);
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) { // others are no names to parsers
      assertThat(read(new JsonObject().put(text, "v")).get(text).asString()).isEqualTo("v");
    }
    assertThat(read(new JsonObject().put("v", List.of(text, "x"))).get("v").get(0).asString())
        .isEqualTo(text);
  }

  /** Of characters that are special somewhere more than chance would give. */
  @Test
  void anyTextsAreReadAsTheyWere() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String special = "\"\\/bnu{}[],:\0\r\n\u001b\u007f\u0085\u2028\u2029\ud83d\udd11\ufeff";
    for (int round = 0; round < 20_000; round++) {
      List<String> texts = new ArrayList<>();
      JsonObject json = new JsonObject();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
          text.append(
              random.nextBoolean()
                  ? special.charAt(random.nextInt(special.length()))
                  : (char) random.nextInt(0x10000));
        }
        texts.add(text.toString());
        json.put("m" + i, text.toString());
      }
      JsonNode read = read(json);
      assertThat(read.size()).isEqualTo(texts.size());
      for (int i = 0; i < texts.size(); i++) {
        assertThat(read.get("m" + i).asString()).as("seed %d", seed).isEqualTo(texts.get(i));
      }
    }
  }
}
