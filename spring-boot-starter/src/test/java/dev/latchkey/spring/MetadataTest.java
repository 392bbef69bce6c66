package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.internal.settings.Setting;
import dev.latchkey.internal.settings.Settings;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an editor knows of our properties follows from the table of settings. */
class MetadataTest {
  private static final Path FILE =
      Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

  private static Map<String, Object> wanted(Setting<?> setting) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("name", "latchkey." + SpringSettings.property(setting.name()));
    property.put("type", type(setting.name()));
    property.put("description", description(setting.meaning()));
    Object byDefault = setting.byDefault();
    if (byDefault != null && !(byDefault instanceof Collection)) {
      property.put(
          "defaultValue", byDefault instanceof Duration ? byDefault.toString() : byDefault);
    }
    return property;
  }

  /** The type of the builder's method of the same name. */
  private static String type(String setting) {
    Class<?> type =
        Arrays.stream(ApiKeysConfig.Builder.class.getMethods())
            .filter(method -> method.getName().equals(setting) && method.getParameterCount() == 1)
            .map(Method::getParameterTypes)
            .findFirst()
            .orElseThrow()[0];
    if (type == int.class) {
      return Integer.class.getName();
    }
    if (type == boolean.class) {
      return Boolean.class.getName();
    }
    return Collection.class.isAssignableFrom(type)
        ? "java.util.List<java.lang.String>"
        : type.getName();
  }

  private static String description(String meaning) {
    String text = meaning.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "").strip();
    for (String setting : ApiKeysConfig.Builder.names()) {
      if (!setting.matches("[a-z]+")) {
        text =
            text.replaceAll(
                "\\b" + setting + "\\b", "latchkey." + SpringSettings.property(setting));
      }
    }
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static Map<String, Map<String, Object>> present() throws Exception {
    List<Map<String, Object>> properties = JsonPath.parse(FILE.toFile()).read("$.properties");
    Map<String, Map<String, Object>> byName = new TreeMap<>();
    properties.forEach(property -> byName.put((String) property.get("name"), property));
    assertThat(byName).hasSameSizeAs(properties);
    return byName;
  }

  @Test
  void everySettingIsThereAsTheTableHasIt() throws Exception {
    Map<String, Map<String, Object>> present = present();
    String missing =
        Settings.all().stream()
            .map(MetadataTest::wanted)
            .filter(wanted -> !wanted.equals(present.get(wanted.get("name"))))
            .map(MetadataTest::json)
            .collect(Collectors.joining(",\n"));
    assertThat(missing).as("what " + FILE + " should hold").isEmpty();
  }

  @Test
  void nothingElseIsThereButWhatTheStarterReads() throws Exception {
    Map<String, Map<String, Object>> others = present();
    Settings.all().forEach(s -> others.remove("latchkey." + SpringSettings.property(s.name())));
    assertThat(others.keySet())
        .isEqualTo(
            SpringSettings.OWN.stream()
                .filter(own -> !isSetting(own))
                .map(own -> "latchkey." + own)
                .collect(Collectors.toSet()));
    others.values().forEach(own -> assertThat(own).containsKeys("type", "description"));
  }

  private static boolean isSetting(String property) {
    return Settings.all().stream()
        .anyMatch(s -> SpringSettings.property(s.name()).equals(property));
  }

  private static String json(Map<String, Object> property) {
    return property.entrySet().stream()
        .map(
            entry ->
                "\"%s\": %s"
                    .formatted(
                        entry.getKey(),
                        entry.getValue() instanceof String text
                            ? '"' + text.replace("\"", "\\\"") + '"'
                            : entry.getValue()))
        .collect(Collectors.joining(",\n      ", "    {\n      ", "\n    }"));
  }
}
