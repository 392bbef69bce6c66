package dev.latchkey.test;

import java.util.ArrayList;
import java.util.List;

/** Processes that end when this JVM ends, even if it is killed and cannot run a hook. */
public final class ChildProcesses {
  /**
   * Runs a command in a session of its own, so that a terminal's Ctrl-C reaches us alone. A watcher
   * beside it reads our end of the pipe, which closes when we end, and kills the whole session.
   */
  private static final String SCRIPT =
      """
      exec 3<&0 </dev/null
      (exec >/dev/null 2>&1; read -r end <&3; kill -s KILL -- -$$) &
      exec "$@" 3<&-
      """;

  private ChildProcesses() {}

  /**
   * Returns a builder of such a process, whose pid is the command's and whose input is empty. The
   * builder's own input must stay a pipe. {@link Process#destroy} closes that pipe, and so kills;
   * {@code toHandle().destroy()} only asks the process to end.
   */
  public static ProcessBuilder builder(List<String> command) {
    List<String> watched = new ArrayList<>(List.of("setsid", "sh", "-c", SCRIPT, "sh"));
    watched.addAll(command);
    return new ProcessBuilder(watched);
  }
}
