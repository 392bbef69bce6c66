package dev.latchkey;

import dev.latchkey.internal.store.DatabaseInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the log says of a start, in one line without secrets. */
final class StartReport {
  private StartReport() {}

  static String of(ApiKeysConfig config, Optional<DatabaseInfo> database) {
    String settings =
        Stream.concat(config.values().differences(), config.filterSettings().values().differences())
            .collect(Collectors.joining(", "));
    return "Latchkey: started, version %s, database %s, settings other than the defaults: %s"
        .formatted(
            version(),
            database.map(DatabaseInfo::toString).orElse("not reached yet"),
            settings.isEmpty() ? "none" : settings);
  }

  /** Returns the version that the build wrote beside the classes, if it is still there. */
  private static String version() {
    try (InputStream in = StartReport.class.getResourceAsStream("version.txt")) {
      return in == null ? "?" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "?";
    }
  }
}
