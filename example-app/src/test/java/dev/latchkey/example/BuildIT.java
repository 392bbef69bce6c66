package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Maven's usual flags skip, in a module of our parent that has a test of either kind. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BuildIT {
  private static final Path MODULE = Path.of("target", "build-it").toAbsolutePath();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>dev.latchkey</groupId>
          <artifactId>latchkey-parent</artifactId>
          <version>%s</version>
          <relativePath>../../../pom.xml</relativePath>
        </parent>
        <artifactId>latchkey-build-it</artifactId>
        <properties>
          <moduleName>dev.latchkey.it</moduleName>
          <spotless.check.skip>true</spotless.check.skip>
        </properties>
        <dependencies>
          <dependency>
            <groupId>org.junit.jupiter</groupId>
            <artifactId>junit-jupiter</artifactId>
            <scope>test</scope>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin><artifactId>maven-failsafe-plugin</artifactId></plugin>
          </plugins>
        </build>
      </project>
      """;

  private static final String TEST =
      """
      class %1$s {
        @org.junit.jupiter.api.Test
        void leavesATrace() throws Exception {
          java.nio.file.Files.createFile(java.nio.file.Path.of("%1$s.ran"));
        }
      }
      """;

  @BeforeEach
  void module() throws IOException {
    Path tests = Files.createDirectories(MODULE.resolve("src/test/java"));
    Files.writeString(
        MODULE.resolve("pom.xml"), POM.formatted(System.getProperty("latchkey.version")));
    for (String name : List.of("UnitTest", "ProcessIT")) {
      Files.writeString(tests.resolve(name + ".java"), TEST.formatted(name));
      Files.deleteIfExists(MODULE.resolve(name + ".ran"));
    }
  }

  /** Returns the tests that ran, in a build that succeeds. */
  private static List<String> ran(String... flags) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("mvn", "--quiet", "--offline", "--batch-mode", "verify"));
    command.add("-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
    command.addAll(List.of(flags));
    Path log = MODULE.resolve("log");
    Process process =
        ChildProcesses.builder(command)
            .directory(MODULE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    try (Stream<Path> files = Files.list(MODULE)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ran"))
          .sorted()
          .toList();
    }
  }

  @Test
  void withoutFlagsAllTestsRun() throws Exception {
    assertThat(ran()).containsExactly("ProcessIT.ran", "UnitTest.ran");
  }

  @Test
  void skipTestsSkipsAllTests() throws Exception {
    assertThat(ran("-DskipTests")).isEmpty();
  }

  @Test
  void skipITsSkipsIntegrationTestsAlone() throws Exception {
    assertThat(ran("-DskipITs")).containsExactly("UnitTest.ran");
  }

  @Test
  void mavenTestSkipDoesNotEvenCompileThem() throws Exception {
    Files.writeString(MODULE.resolve("src/test/java/UnitTest.java"), "no Java");
    assertThat(ran("-Dmaven.test.skip=true")).isEmpty();
  }

  /** A module that set them itself would not listen to the root. */
  @Test
  void modulesDoNotOverrideTestSkipping() throws Exception {
    try (Stream<Path> files = Files.find(ROOT, 4, (file, a) -> file.endsWith("pom.xml"))) {
      List<Path> modules = files.filter(file -> !file.equals(ROOT.resolve("pom.xml"))).toList();
      assertThat(modules).hasSizeGreaterThan(10);
      for (Path module : modules) {
        assertThat(Files.readString(module).replace("<skip>${skipTests}</skip>", ""))
            .as(module.toString())
            .doesNotContain("skipTests>", "skipITs>", "<skipExec>", "maven.test.skip>");
      }
    }
  }
}
