package dev.latchkey.test;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Hands tests a {@link MariaDbServer}, one a JVM: the bundled one, or with {@link Installed} the
 * operating system's.
 */
public class MariaDb extends SharedServer<MariaDbServer> {
  /** The server that the operating system's packages installed. */
  public static final class Installed extends MariaDb implements BeforeAllCallback {
    /** Here and not while resolving, since JUnit takes whatever happens there for a failure. */
    @Override
    public void beforeAll(ExtensionContext context) {
      MariaDbBinaries.installed();
    }

    @Override
    MariaDbBinaries binaries() {
      return MariaDbBinaries.installed();
    }
  }

  /** Made by JUnit. */
  public MariaDb() {
    super(MariaDbServer.class);
  }

  MariaDbBinaries binaries() {
    return MariaDbBinaries.bundled();
  }

  @Override
  MariaDbServer start() {
    return new MariaDbServer(binaries(), MariaDbProcess.WITHOUT_SYNC.toArray(String[]::new));
  }
}
