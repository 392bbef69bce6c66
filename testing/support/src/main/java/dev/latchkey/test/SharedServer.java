package dev.latchkey.test;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests a database server, one a JVM, by its own type or as a {@link DatabaseServer}. To one
 * of several JVMs of a module, Surefire hands each class as a run of its own.
 */
abstract class SharedServer<S extends DatabaseServer> implements ParameterResolver {
  private final Class<S> type;

  SharedServer(Class<S> type) {
    this.type = type;
  }

  abstract S start();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> asked = parameter.getParameter().getType();
    return asked == type || asked == DatabaseServer.class;
  }

  @Override
  public S resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(
            ExtensionContext.StoreScope.LAUNCHER_SESSION,
            ExtensionContext.Namespace.create(getClass()))
        .computeIfAbsent("server", key -> start(), type);
  }
}
