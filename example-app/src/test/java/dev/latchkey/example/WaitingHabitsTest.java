package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests wait for what they need, and not for a while: else they fail by chance. */
class WaitingHabitsTest {
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

  /** Helpers that poll for a condition, and a test that begins at any moment of a second. */
  private static final Set<String> MAY_SLEEP =
      Set.of("Polling.java", "PropagationIT.java", "ServerProcess.java", "Waiting.java");

  private static List<Path> testSources() throws IOException {
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        Path.of("..").toRealPath(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = file.toString();
            if (path.endsWith(".java") && (path.contains("/src/test/") || isForTests(path))) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }

  private static boolean isForTests(String path) {
    return path.contains("/testing/support/") || path.contains("/testing/callers/");
  }

  @ParameterizedTest
  @CsvSource({
    "waitForFunction, the policy of our pages forbids what it evaluates after its first look;"
        + " use assertThat(locator) or page.waitForCondition with page.evaluate",
    "waitForTimeout, a slow machine needs longer; wait for the condition",
    ".sleep, a slow machine needs longer; wait for the condition",
  })
  void testsWaitForConditions(String call, String why) throws IOException {
    List<Path> sources = testSources();
    assertThat(sources).hasSizeGreaterThan(200);
    List<Path> found = new ArrayList<>();
    for (Path source : sources) {
      boolean isAllowed =
          call.equals(".sleep") && MAY_SLEEP.contains(source.getFileName().toString());
      if (!isAllowed && Files.readString(source).contains(call + "(")) {
        found.add(source);
      }
    }
    assertThat(found).as("%s(…): %s", call, why).isEmpty();
  }
}
