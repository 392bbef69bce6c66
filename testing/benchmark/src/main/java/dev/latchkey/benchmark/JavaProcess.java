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
 * A JVM of its own: nothing is compiled or loaded in it yet. Its errors are shown; it ends with
 * this JVM.
 */
public final class JavaProcess implements AutoCloseable {
  private static final Pattern MEASURED = Pattern.compile("^measured ([\\d.E-]+)$");

  private final Process process;
  private final BufferedReader output;

  private JavaProcess(Path folder, List<String> arguments) throws IOException {
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

  /** Starts one with these arguments, such as {@code -jar …}, in this folder. */
  public static JavaProcess start(Path folder, List<String> arguments) throws IOException {
    return new JavaProcess(folder, arguments);
  }

  /** Starts one that runs a class of ours, on our class path. */
  public static JavaProcess start(List<String> jvmArguments, Class<?> main, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(jvmArguments);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    all.addAll(List.of(arguments));
    return start(Path.of("").toAbsolutePath(), all);
  }

  /** Runs a class of ours that measures one figure, and returns it. */
  public static double measure(List<String> jvmArguments, Class<?> main, String... arguments)
      throws IOException {
    try (JavaProcess process = start(jvmArguments, main, arguments)) {
      double figure = Double.parseDouble(process.await(MEASURED).group(1));
      process.process.onExit().join();
      return figure;
    }
  }

  /** Prints the figure that {@link #measure} waits for. */
  public static void measured(double figure) {
    System.out.println("measured " + figure);
  }

  /** Waits until it prints a line that contains this. */
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

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    process.toHandle().destroy();
    process.onExit().join();
  }
}
