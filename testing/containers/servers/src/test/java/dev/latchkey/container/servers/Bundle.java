package dev.latchkey.container.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The jars of the bundle, and the files and commands of docs/war-untouched.md. */
final class Bundle {
  private static final Path ROOT = Path.of("..", "..", "..");
  private static final Path ZIP =
      ROOT.resolve("web-fragment/target")
          .resolve(
              "latchkey-web-fragment-" + System.getProperty("latchkey.version") + "-bundle.zip");

  private Bundle() {}

  /** Returns a block of XML of the page, by how its root begins. */
  static String xml(String root) throws IOException {
    return Pattern.compile("```xml\n([^`]*" + root + "[^`]*)```")
        .matcher(page())
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  /**
   * Unpacks it by the page's command.
   *
   * @return the folder with the jars
   */
  static Path unpack(Path folder) throws Exception {
    Packages.demandProgram("unzip", "unzip");
    Files.copy(ZIP, Files.createDirectories(folder).resolve(ZIP.getFileName()));
    run(folder, 0, Map.of("/opt", folder.toString()), Map.of());
    return folder.resolve("latchkey/lib");
  }

  /** Puts the page's own fragment in the place of the one that came along, by its commands. */
  static void replaceFragment(Path folder) throws Exception {
    Files.createDirectory(folder.resolve("META-INF"));
    Files.writeString(folder.resolve("META-INF/web-fragment.xml"), xml("<web-fragment"));
    run(folder, 1, Map.of("/opt", folder.toString()), Map.of());
  }

  /**
   * Runs a block of the page's commands.
   *
   * @param names what stands in the place of names of the page
   * @return what they print
   */
  static String run(
      Path folder, int block, Map<String, String> names, Map<String, String> environment)
      throws Exception {
    String commands =
        Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(page())
            .results()
            .map(found -> found.group(1))
            .toList()
            .get(block);
    for (Map.Entry<String, String> name : names.entrySet()) {
      commands = commands.replace(name.getKey(), name.getValue());
    }
    Path output = folder.resolve("output");
    ProcessBuilder shell =
        ChildProcesses.builder(List.of("sh", "-e", "-c", commands))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().putAll(environment);
    shell
        .environment()
        .merge("PATH", System.getProperty("java.home") + "/bin", (path, jdk) -> jdk + ":" + path);
    int exit = shell.start().waitFor();
    assertThat(exit).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/war-untouched.md"));
  }
}
