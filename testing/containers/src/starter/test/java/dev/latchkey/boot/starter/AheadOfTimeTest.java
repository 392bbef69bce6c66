package dev.latchkey.boot.starter;

import static dev.latchkey.boot.starter.BooksContract.assertIsOurs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.starter.PlainProcess.Started;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.InLongForm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** Beans that Spring has prepared at build time, as for a native image, on a JVM. */
@InLongForm
class AheadOfTimeTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir Path folder;

  @Test
  void keysWorkWithBeansOfTheBuild() throws Exception {
    List<String> classPath = PlainProcess.classPath(entry -> entry.contains("devtools"));
    List<String> prepared = new ArrayList<>(prepare(classPath));
    prepared.addAll(classPath);
    try (PlainProcess process =
        PlainProcess.start(JDK, folder, prepared, List.of("-Dspring.aot.enabled=true"))) {
      Started started = process.started(1);
      assertThat(process.log()).contains("AOT-processed");
      assertIsOurs(started.browser().get("/api/whoami"), 401, "missing-key");
      assertThat(started.browser().get("/api/whoami", started.key()).body())
          .startsWith("alice on ");
      assertThat(started.browser().get("/api-keys/api-key-menu.js").statusCode()).isEqualTo(200);
    }
  }

  /** Returns folders with the beans' code. */
  private List<String> prepare(List<String> classPath) throws Exception {
    Path sources = folder.resolve("sources");
    Path classes = folder.resolve("classes");
    List<String> command =
        new ArrayList<>(
            List.of(
                JDK.resolve("bin/java").toString(),
                "-cp",
                String.join(File.pathSeparator, classPath),
                SpringApplicationAotProcessor.class.getName(),
                PlainApplication.class.getName(),
                sources.toString(),
                folder.resolve("resources").toString(),
                classes.toString(),
                "com.example",
                "plain"));
    command.addAll(PlainProcess.arguments(folder));
    Path log = folder.resolve("aot.log");
    int status =
        ChildProcesses.builder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertThat(status).as(Files.readString(log)).isZero();
    compile(sources, classes, classPath);
    return List.of(classes.toString(), folder.resolve("resources").toString());
  }

  private static void compile(Path sources, Path classes, List<String> classPath) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-nowarn",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                classes + File.pathSeparator + String.join(File.pathSeparator, classPath)));
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::toString)
          .forEach(arguments::add);
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
  }
}
