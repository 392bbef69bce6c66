package dev.latchkey.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import dev.latchkey.internal.store.StoredEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/audit.md shows. */
class AuditPageTest {
  private static final String LINE =
      EventJson.of(
          new StoredEvent(
              "i", Instant.EPOCH, "key.added", "ä{0}'\n", "user", "🔑", "t", null, "{}", "{}"));

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "audit.md"));
  }

  private static String snippet(String language) throws IOException {
    Matcher snippet = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(page());
    assertThat(snippet.find()).isTrue();
    return snippet.group(1);
  }

  private static String into(Path folder, String configuration) {
    assertThat(configuration).contains("logs/audit");
    return configuration.replace("logs/", folder + "/");
  }

  private static void assertIsTheLine(Path folder) throws IOException {
    assertThat(Files.readString(folder.resolve("audit.jsonl"), StandardCharsets.UTF_8))
        .isEqualTo(LINE + System.lineSeparator());
  }

  @Test
  void exampleHasAllMembersAndEveryActionIsListed() throws Exception {
    JsonMapper json = new JsonMapper();
    JsonNode shown = json.readTree(snippet("json"));
    assertThat(shown.propertyNames())
        .containsExactlyElementsOf(json.readTree(LINE).propertyNames());
    List<String> actions =
        Arrays.stream(StoredEvent.class.getDeclaredFields())
            .filter(field -> Modifier.isPublic(field.getModifiers()))
            .map(
                field -> {
                  try {
                    return "`" + field.get(null) + "`";
                  } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .toList();
    assertThat(actions).hasSize(8);
    assertThat(page()).contains(actions);
  }

  @Test
  void logbackWritesTheLineAsItIs(@TempDir Path folder) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      String xml = "<configuration>" + into(folder, snippet("xml")) + "</configuration>";
      configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
      assertThat(context.getStatusManager().getCopyOfStatusList())
          .filteredOn(status -> status.getEffectiveLevel() > Status.INFO)
          .isEmpty();
      context.getLogger("dev.latchkey.audit").info(LINE);
    } finally {
      context.stop();
    }
    assertIsTheLine(folder);
  }

  @Test
  void javaUtilLoggingWritesTheLineAsItIs(@TempDir Path folder) throws Exception {
    String properties = into(folder, snippet("properties"));
    LogManager manager = LogManager.getLogManager();
    try {
      manager.readConfiguration(
          new ByteArrayInputStream(properties.getBytes(StandardCharsets.ISO_8859_1)));
      Logger logger = Logger.getLogger("dev.latchkey.audit");
      logger.log(java.util.logging.Level.INFO, LINE);
      for (Handler handler : logger.getHandlers()) {
        handler.close();
      }
    } finally {
      manager.readConfiguration();
    }
    assertIsTheLine(folder);
  }
}
