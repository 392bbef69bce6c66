package dev.latchkey.test;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Hands tests a {@link PostgreSqlServer}, one a JVM: the bundled one, or with {@link Installed} the
 * operating system's.
 */
public class PostgreSql extends SharedServer<PostgreSqlServer> {
  /** The server that the operating system's packages installed. */
  public static final class Installed extends PostgreSql implements BeforeAllCallback {
    /** Here and not while resolving, since JUnit takes whatever happens there for a failure. */
    @Override
    public void beforeAll(ExtensionContext context) {
      PostgreSqlBinaries.installed();
    }

    @Override
    PostgreSqlBinaries binaries() {
      return PostgreSqlBinaries.installed();
    }
  }

  /** Made by JUnit. */
  public PostgreSql() {
    super(PostgreSqlServer.class);
  }

  PostgreSqlBinaries binaries() {
    return PostgreSqlBinaries.bundled();
  }

  @Override
  PostgreSqlServer start() {
    return new PostgreSqlServer(binaries(), "fsync=off"); // only a crash of the machine would tell
  }
}
