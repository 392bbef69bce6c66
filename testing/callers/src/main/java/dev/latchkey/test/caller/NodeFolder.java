package dev.latchkey.test.caller;

import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.Packages;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder with a {@code package.json}, whose packages are installed; runs scripts in it. */
public final class NodeFolder {
  private static final int MINUTES = 3;

  private final Path folder;

  private NodeFolder(Path folder) {
    this.folder = folder;
  }

  /** Installs exactly what the folder's lock file names; skips the tests where there is no npm. */
  public static NodeFolder install(Path folder) throws IOException, InterruptedException {
    Packages.demandProgram("npm", "npm");
    NodeFolder installed = new NodeFolder(folder);
    installed.run(
        "npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    return installed;
  }

  /** Runs a script of the folder, or of one of its packages. */
  public String node(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(String[]::new));
  }

  /** Returns what a command says; fails with it if the command fails, or does not end. */
  public String run(String... command) throws IOException, InterruptedException {
    File output = File.createTempFile("node", ".out");
    try {
      Process process =
          ChildProcesses.builder(List.of(command))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output)
              .start();
      boolean isOver = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroy();
      String said = read(output);
      if (!isOver || process.exitValue() != 0) {
        throw new AssertionError(
            "%s in %s %s:\n%s"
                .formatted(
                    String.join(" ", command), folder, isOver ? "failed" : "did not end", said));
      }
      return said;
    } finally {
      Files.delete(output.toPath());
    }
  }

  private static String read(File output) {
    try {
      return Files.readString(output.toPath(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
