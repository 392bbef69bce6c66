package dev.latchkey.internal.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** A data source whose connections do something else, or more, when some method is called. */
final class WatchedDataSource extends SimpleDataSource {
  private final DataSource real;
  private final Map<String, Action> before = new ConcurrentHashMap<>();

  private final Set<String> replaced = ConcurrentHashMap.newKeySet();

  /** What may fail in place of the method. */
  @FunctionalInterface
  interface Action {
    void on(Connection real) throws Throwable;
  }

  WatchedDataSource(DataSource real) {
    this.real = real;
  }

  /** Acts before each call of a method of a connection. */
  WatchedDataSource before(String method, Action action) {
    before.put(method, action);
    return this;
  }

  /** Does nothing in place of a method of a connection. */
  WatchedDataSource instead(String method) {
    replaced.add(method);
    return this;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = real.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, values) -> call(connection, method, values));
  }

  private Object call(Connection connection, Method method, Object[] values) throws Throwable {
    Action action = before.get(method.getName());
    if (action != null) {
      action.on(connection);
    }
    if (replaced.contains(method.getName())) {
      return null;
    }
    try {
      return method.invoke(connection, values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
