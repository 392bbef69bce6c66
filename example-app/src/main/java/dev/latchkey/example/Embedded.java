package dev.latchkey.example;

import dev.latchkey.ApiKeysConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** The database that the example keeps in its working directory unless it is told of another. */
final class Embedded {
  private static final int OPEN_ELSEWHERE = 90_020; // H2's DATABASE_ALREADY_OPEN_1
  private static final Path FOLDER = Path.of("latchkey-example-data").toAbsolutePath();
  private static final String URL =
      "jdbc:h2:file:"
          + FOLDER.resolve("latchkey")
          // Closed by us, in order, and not by a hook of its own; what is answered is on disk; what
          // goes wrong is said by us.
          + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  private Embedded() {}

  /**
   * Sets what is needed for it, unless another database is set.
   *
   * @return whether it is the one in use
   */
  static boolean setUnlessAnother(ApiKeysConfig.Builder config) {
    if (config.isSet("jdbcUrl") || config.isSet("dataSourceJndiName")) {
      return false;
    }
    config.jdbcUrl(URL);
    if (!config.isSet("jdbcUser")) {
      config.jdbcUser("sa");
    }
    return true;
  }

  /** Returns why it cannot be written: H2 would open it to be read. */
  static Optional<String> obstacle() {
    Path place = Files.exists(FOLDER) ? FOLDER : FOLDER.resolveSibling(".").normalize();
    return Stream.of(place, FOLDER.resolve("latchkey.mv.db"))
        .filter(Files::exists)
        .filter(path -> !Files.isWritable(path))
        .findFirst()
        .map(
            path ->
                path + " cannot be written; start in another directory, or choose a --jdbc-url");
  }

  /** Returns what to do, if a failure says that its files are open in another process. */
  static Optional<String> lock(Throwable failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next instanceof SQLException sql && sql.getErrorCode() == OPEN_ELSEWHERE) {
        return Optional.of(
            FOLDER
                + " is in use by another process; stop that one, start in another directory, or"
                + " choose a --jdbc-url");
      }
    }
    return Optional.empty();
  }
}
