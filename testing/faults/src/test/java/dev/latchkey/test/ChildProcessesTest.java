package dev.latchkey.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JVM starts ends with it, whatever ends it. */
@Tag("alone")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChildProcessesTest {
  private Process jvm;

  @AfterEach
  void end() {
    if (jvm != null) {
      jvm.destroyForcibly();
    }
  }

  /** Starts what its arguments name, and tells the pids of what runs then. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      switch (arguments[0]) {
        case "mariadb" -> new MariaDbServer(MariaDbBinaries.bundled());
        case "postgresql" -> new PostgreSqlServer(PostgreSqlBinaries.bundled());
        case "galera" -> new GaleraCluster(MariaDbBinaries.installed());
        case "deaf" ->
            ChildProcesses.builder(
                    List.of("sh", "-c", "trap '' HUP INT TERM; sleep 1000 & sleep 1001; :"))
                .start();
        case "disk" -> new SmallDisk(Path.of(arguments[1]), 1);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
      System.out.println(
          "pids "
              + String.join(
                  " ",
                  ProcessHandle.current()
                      .descendants()
                      .map(child -> Long.toString(child.pid()))
                      .toList()));
      Thread.currentThread().join();
    }
  }

  private List<ProcessHandle> started(String... what) throws Exception {
    jvm =
        ChildProcesses.builder(
                Stream.concat(
                        Stream.of(
                            "env", // or it would ignore what nohup and shells have us ignore
                            "--default-signal=HUP,INT,TERM",
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Parent.class.getName()),
                        Stream.of(what))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader printed = jvm.inputReader(StandardCharsets.UTF_8);
    String line = printed.readLine();
    while (!line.startsWith("pids ")) {
      line = printed.readLine();
    }
    List<ProcessHandle> children =
        Stream.of(line.substring("pids ".length()).split(" "))
            .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
            .flatMap(Optional::stream) // a server ends some of its processes by itself
            .toList();
    assertThat(children).isNotEmpty().anyMatch(ProcessHandle::isAlive);
    return children;
  }

  private void send(String signal) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + signal, "" + jvm.pid()).start().waitFor()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP", "KILL"})
  void endWithTheJvm(String signal) throws Exception {
    List<ProcessHandle> children = started("mariadb");
    send(signal);
    children.forEach(child -> child.onExit().join());
  }

  /** Each of which has a session of its own, and ends by itself. */
  @Test
  void endWithTheirOwnChildren() throws Exception {
    List<ProcessHandle> children = started("postgresql");
    send("KILL");
    children.forEach(child -> child.onExit().join());
  }

  @Test
  void endThoughTheyIgnoreSignalsAndHaveChildrenOfTheirOwn() throws Exception {
    List<ProcessHandle> children = started("deaf");
    send("KILL");
    children.forEach(child -> child.onExit().join());
  }

  @Test
  void endThoughTheyAreFrozen() throws Exception {
    List<ProcessHandle> children = started("mariadb");
    for (ProcessHandle child : children) {
      if (child.info().command().orElse("").endsWith("mariadbd")) {
        new ProcessBuilder("kill", "-STOP", "" + child.pid()).start().waitFor();
      }
    }
    send("KILL");
    children.forEach(child -> child.onExit().join());
  }

  @Test
  void endInAGroupOfServersUnderAnotherAccount() throws Exception {
    MariaDbBinaries.installed();
    Packages.demand(GaleraNode.PROVIDER, "galera-4");
    List<ProcessHandle> children = started("galera");
    send("KILL");
    children.forEach(child -> child.onExit().join());
  }

  @Test
  void diskIsUnmountedWithTheJvm(@TempDir Path folder) throws Exception {
    new SmallDisk(folder, 1).close(); // skips where nothing can be mounted
    List<ProcessHandle> children = started("disk", folder.toString());
    assertThat(Files.readString(Path.of("/proc/mounts"))).contains(folder.toString());
    send("KILL");
    children.forEach(child -> child.onExit().join());
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder.toString());
  }

  @Test
  void askedToEndByTheHandleTheyMayEndInTheirOwnWay() throws Exception {
    jvm =
        ChildProcesses.builder(
                List.of(
                    "sh",
                    "-c",
                    "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.01; done"))
            .start();
    BufferedReader printed = jvm.inputReader(StandardCharsets.UTF_8);
    assertThat(printed.readLine()).isEqualTo("up");
    jvm.toHandle().destroy();
    assertThat(printed.readLine()).isEqualTo("bye");
    assertThat(jvm.waitFor()).isEqualTo(7);
  }
}
