package dev.latchkey.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Which database it is that keeps the keys. */
final class DatabaseVersion {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private DatabaseVersion() {}

  /** Returns the product and its version, such as {@code MariaDB 11.4.5}. */
  static String of(Given settings) {
    DriverManager.setLoginTimeout((int) PATIENCE.toSeconds());
    try (Connection connection =
        DriverManager.getConnection(
            settings.get("jdbcUrl").orElseThrow(),
            settings.get("jdbcUser").orElse(null),
            password(settings).orElse(null))) {
      DatabaseMetaData database = connection.getMetaData();
      return database.getDatabaseProductName()
          + " "
          + database.getDatabaseProductVersion().replaceFirst("[^0-9.].*", "");
    } catch (SQLException | IOException e) {
      return "a database that cannot be reached yet";
    }
  }

  private static Optional<String> password(Given settings) throws IOException {
    Optional<String> file = settings.get("jdbcPasswordFile");
    return file.isPresent()
        ? Optional.of(Files.readString(Path.of(file.get())).replaceFirst("[\r\n]+$", ""))
        : settings.get("jdbcPassword");
  }
}
