package dev.latchkey.benchmark.hot;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;

/** Objects that a container would give. */
final class Stubs {
  private Stubs() {}

  /** Returns one whose every method is an error: nothing is measured with a wrong answer. */
  static <T> T refusing(Class<T> type) {
    return of(
        type,
        (proxy, method, arguments) -> {
          throw new IllegalStateException("there is no " + method);
        });
  }

  /** Returns what a filter is initialised with that has a name and nothing else. */
  static FilterConfig filterConfig() {
    ServletContext context =
        of(
            ServletContext.class,
            (proxy, method, arguments) -> method.getReturnType() == Map.class ? Map.of() : null);
    return of(
        FilterConfig.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getFilterName" -> "api-keys";
              case "getServletContext" -> context;
              case "getInitParameterNames" -> Collections.emptyEnumeration();
              default -> null;
            });
  }

  private static <T> T of(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
