package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.log.Causes;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * A file that holds a password, which may become another while we run. It is read for every new
 * connection; while it cannot be read, or is empty, as in the midst of being replaced, the last
 * password counts.
 *
 * <p>Thread-safe.
 */
final class PasswordFile {
  private static final Logger log = System.getLogger(PasswordFile.class.getName());
  private static final Pattern LINE_ENDS = Pattern.compile("(\\r?\\n)+\\z");

  private final Path file;
  private final AtomicBoolean missing = new AtomicBoolean();
  private volatile String last;

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  PasswordFile(Path file) {
    this.file = file;
    try {
      last = read();
    } catch (IOException e) {
      throw new IllegalArgumentException("jdbcPasswordFile cannot be read: " + file, e);
    }
  }

  String password() {
    try {
      String now = read();
      if (now.isEmpty() && !last.isEmpty()) {
        throw new IOException("it is empty");
      }
      last = now;
      missing.set(false);
    } catch (IOException e) {
      if (missing.compareAndSet(false, true)) { // not for every connection
        log.log(
            Level.WARNING,
            Causes.explain(
                "Latchkey: jdbcPasswordFile not readable, using the password that it had", e));
      }
    }
    return last;
  }

  private String read() throws IOException {
    return LINE_ENDS.matcher(Files.readString(file)).replaceFirst("");
  }
}
