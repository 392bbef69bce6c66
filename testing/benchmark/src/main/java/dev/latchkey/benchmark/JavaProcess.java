package dev.latchkey.benchmark;

import dev.latchkey.test.ChildProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM of its own, so that what is measured in it has nothing compiled or loaded for it by others.
 * What it complains of is shown; it ends with this JVM.
 */
public final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private JavaProcess(List<String> arguments, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    process =
        ChildProcesses.builder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** One with these arguments, such as {@code -jar …}, in this folder. */
  public static JavaProcess start(Path folder, List<String> arguments) throws IOException {
    return new JavaProcess(arguments, folder);
  }

  /** One that runs a class of ours, with all that we have. */
  public static JavaProcess start(List<String> jvmArguments, Class<?> main, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(jvmArguments);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    all.addAll(List.of(arguments));
    return new JavaProcess(all, Path.of("").toAbsolutePath());
  }

  /** Waits until it has printed a line where this is found. */
  public Matcher await(Pattern pattern) throws IOException {
    StringBuilder printed = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
      printed.append(line).append('\n');
    }
    throw new IllegalStateException("it ended without " + pattern + ", but with: " + printed);
  }

  /** Waits until it has ended by itself. */
  public void awaitEnd() {
    process.onExit().join();
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    process.toHandle().destroy();
    process.onExit().join();
  }
}
