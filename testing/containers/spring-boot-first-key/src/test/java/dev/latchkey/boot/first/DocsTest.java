package dev.latchkey.boot.first;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/spring-boot.md shows is what tests run. */
class DocsTest {
  private static final Path ROOT = Path.of("../../..");

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(read("docs/spring-boot.md"))
            .results()
            .map(block -> plain(block.group(1)))
            .toList();
    assertThat(blocks).as(language).isNotEmpty();
    return blocks;
  }

  @Test
  void theDependenciesAreThoseOfTheProject() throws Exception {
    String pom = plain(Files.readString(Path.of("pom.xml")));
    assertThat(blocks("xml")).allSatisfy(block -> assertThat(pom).contains(block));
  }

  @Test
  void thePropertiesAreThoseOfTheProject() throws Exception {
    String properties =
        plain(Files.readString(Path.of("src/main/resources/application.properties")));
    assertThat(blocks("properties").get(0)).isEqualTo(properties);
  }

  @Test
  void theCodeIsThatOfTheTests() throws Exception {
    String tests = "testing/containers/src/starter/test/java/dev/latchkey/boot/starter/";
    String code =
        plain(read(tests + "ChainShapesTest.java") + read(tests + "AuditEventsTest.java"));
    assertThat(blocks("java")).allSatisfy(block -> assertThat(code).contains(block));
  }

  @Test
  void thePropertiesThatAreNamedExist() throws Exception {
    Set<String> known =
        Pattern.compile("\"name\": \"(latchkey\\.[^\"]+)\"")
            .matcher(
                read(
                    "spring-boot-starter/src/main/resources/META-INF/spring-configuration-metadata.json"))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(
            Pattern.compile("`(latchkey\\.[a-z.-]+[a-z])")
                .matcher(read("docs/spring-boot.md"))
                .results()
                .map(found -> found.group(1)))
        .isNotEmpty()
        .isSubsetOf(known);
  }
}
