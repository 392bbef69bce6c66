package dev.latchkey.benchmark.hot;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container initialises a filter with that has a name and nothing else. */
final class NoParameters implements FilterConfig {
  @Override
  public String getFilterName() {
    return "api-keys";
  }

  @Override
  public ServletContext getServletContext() {
    return (ServletContext)
        Proxy.newProxyInstance(
            ServletContext.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> method.getReturnType() == Map.class ? Map.of() : null);
  }

  @Override
  public @Nullable String getInitParameter(String name) {
    return null;
  }

  @Override
  public Enumeration<String> getInitParameterNames() {
    return Collections.emptyEnumeration();
  }
}
