package dev.latchkey.test;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests a {@link GaleraCluster} of the operating system's packages, one a test run. Who
 * breaks it mends it.
 */
public final class Galera implements BeforeAllCallback, ParameterResolver {
  @Override
  public void beforeAll(ExtensionContext context) {
    MariaDbBinaries.installed();
    Packages.demand(GaleraNode.PROVIDER, "galera-4");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == GaleraCluster.class;
  }

  @Override
  public GaleraCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(getClass()))
        .computeIfAbsent(
            "cluster", key -> new GaleraCluster(MariaDbBinaries.installed()), GaleraCluster.class);
  }
}
