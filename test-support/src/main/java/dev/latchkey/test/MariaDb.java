package dev.latchkey.test;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Hands tests a {@link MariaDbServer}, one a test run: the bundled one, or with {@link Installed}
 * the operating system's.
 */
public class MariaDb implements ParameterResolver {
  /** The server that the operating system's packages installed. */
  public static final class Installed extends MariaDb {
    @Override
    MariaDbBinaries binaries() {
      Optional<MariaDbBinaries> installed = MariaDbBinaries.installed();
      if (installed.isPresent()) {
        return installed.get();
      }
      String lacking = "there is no /usr/sbin/mariadbd: install the package mariadb-server";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(lacking);
      }
      throw new TestAbortedException("Skipped, " + lacking);
    }
  }

  MariaDbBinaries binaries() {
    return MariaDbBinaries.bundled();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MariaDbServer.class;
  }

  @Override
  public MariaDbServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(getClass()))
        .computeIfAbsent("server", key -> new MariaDbServer(binaries()), MariaDbServer.class);
  }
}
