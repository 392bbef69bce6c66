package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Modules are built two at a time, but for those whose tests judge time. */
class ModulesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String LAST = "latchkey-faults";
  private static final String WITHOUT_TESTS = "<packaging>pom</packaging>";
  private static final Pattern NAME = Pattern.compile("<artifactId>([^<]+)</artifactId>");

  /** Returns what follows the name in the pom of each module, by its name. */
  private static Map<String, String> modules() throws IOException {
    try (Stream<Path> files = Files.find(ROOT, 4, (file, a) -> file.endsWith("pom.xml"))) {
      List<String> poms =
          files
              .filter(file -> !file.equals(ROOT.resolve("pom.xml")))
              .filter(file -> !file.toString().contains("/target/"))
              .map(ModulesTest::withoutParent)
              .toList();
      Map<String, String> modules = new TreeMap<>();
      for (String pom : poms) {
        Matcher name = NAME.matcher(pom);
        assertThat(name.find()).isTrue();
        modules.put(name.group(1), pom.substring(name.end()));
      }
      return modules;
    }
  }

  private static String withoutParent(Path pom) {
    try {
      return Files.readString(pom).replaceAll("(?s)<parent>.*?</parent>", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A module that nobody waits for would run beside the last, which judges time. */
  @Test
  void everyModuleIsBuiltBeforeTheLast() throws Exception {
    Map<String, String> modules = modules();
    assertThat(modules).containsKey(LAST).hasSizeGreaterThan(20);
    assertThat(modules.keySet())
        .filteredOn(name -> !name.equals(LAST) && !modules.get(name).contains(WITHOUT_TESTS))
        .allSatisfy(
            name ->
                assertThat(modules.values())
                    .as("testing/neighbours has to name %s", name)
                    .anyMatch(pom -> pom.contains("<artifactId>" + name + "</artifactId>")));
  }
}
