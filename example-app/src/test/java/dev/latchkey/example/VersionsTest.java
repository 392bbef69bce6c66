package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Versions of containers, libraries and plugins are said once, in the root pom. */
class VersionsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LITERAL =
      Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>(\\d[^<]*)</version>");

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static String first(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1)).findFirst().orElseThrow();
  }

  @Test
  void modulesRepeatNoVersion() throws Exception {
    String root = read(ROOT.resolve("pom.xml"));
    String ours = first(Pattern.compile("<version>([^<]+)</version>"), root);
    try (Stream<Path> files = Files.find(ROOT, 4, (file, a) -> file.endsWith("pom.xml"))) {
      List<Path> modules =
          files
              .filter(file -> !file.equals(ROOT.resolve("pom.xml")))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
      assertThat(modules).hasSizeGreaterThan(10);
      for (Path module : modules) {
        String pom = read(module);
        assertThat(LITERAL.matcher(pom).results())
            .as(module.toString())
            .allMatch(found -> found.group(2).equals(ours) || isNeededBesideBoot(found, pom, root));
      }
    }
  }

  /** A module whose parent is Spring Boot inherits nothing of ours, and says what the root says. */
  private static boolean isNeededBesideBoot(MatchResult found, String pom, String root) {
    return pom.contains("spring-boot-starter-parent")
        && (found.group(1).equals("spring-boot-starter-parent") || root.contains(found.group()));
  }

  @Test
  void readmeNamesOursAndTheDriversVersion() throws Exception {
    String root = read(ROOT.resolve("pom.xml"));
    String ours = first(Pattern.compile("<version>([^<]+)</version>"), root);
    String driver = first(Pattern.compile("<mariadb.version>([^<]+)</mariadb.version>"), root);
    assertThat(LITERAL.matcher(read(ROOT.resolve("README.md"))).results())
        .extracting(found -> found.group(1) + ":" + found.group(2))
        .containsExactly(
            "latchkey-filter:" + ours,
            "latchkey-admin-servlet:" + ours,
            "mariadb-java-client:" + driver);
  }
}
