package dev.latchkey.test;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests a {@link MariaDbServer}, one a test run: the bundled one, or with {@link Installed}
 * the operating system's.
 */
public class MariaDb implements ParameterResolver {
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
