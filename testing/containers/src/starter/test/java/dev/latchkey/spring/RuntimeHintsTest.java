package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

/** What our jars hold beside classes, a native image holds. */
class RuntimeHintsTest {
  private static List<String> resources(String type) throws Exception {
    Path place =
        Path.of(Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return resourcesIn(place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
      return resourcesIn(jar.getPath("/"));
    }
  }

  private static List<String> resourcesIn(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      return new ArrayList<>(
          files
              .filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
              .filter(name -> !name.endsWith(".class") && !name.startsWith("META-INF/"))
              .toList());
    }
  }

  @Test
  void everyResourceOfOursIsNamed() throws Exception {
    RuntimeHints hints = new RuntimeHints();
    new LatchkeyRuntimeHints().registerHints(hints, null);
    List<String> resources = resources("dev.latchkey.ApiKeys");
    resources.addAll(resources("dev.latchkey.admin.ApiKeyAdminServlet"));
    assertThat(resources).hasSizeGreaterThan(8);
    assertThat(resources)
        .allSatisfy(
            resource ->
                assertThat(RuntimeHintsPredicates.resource().forResource(resource)).accepts(hints));
  }
}
