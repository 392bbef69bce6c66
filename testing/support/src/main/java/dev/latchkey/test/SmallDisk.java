package dev.latchkey.test;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * A file system of a few megabytes in the place of a directory, which only root can mount. It is
 * unmounted when it is closed or when this JVM ends, even if it is killed.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int CHUNK = 4096;

  private final Path directory;
  private final Process unmounter;

  /** Mounts it. Tests are skipped where that is not allowed, or fail where none may be skipped. */
  public SmallDisk(Path directory, int megabytes) {
    this.directory = directory;
    List<String> mount =
        List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", "" + directory);
    if (run(mount) != 0) {
      String lacking = "a small file system cannot be mounted: run the tests as root";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(lacking);
      }
      throw new TestAbortedException("Skipped, " + lacking);
    }
    unmounter =
        start(List.of("setsid", "sh", "-c", "read -r end; umount -l \"$1\"", "sh", "" + directory));
  }

  private static int run(List<String> command) {
    return start(command).onExit().join().exitValue();
  }

  private static Process start(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves no room. */
  public void fill() {
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(new byte[CHUNK]);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Makes room again. */
  public void clear() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  @Override
  public void close() {
    try {
      unmounter.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    unmounter.onExit().join();
  }
}
