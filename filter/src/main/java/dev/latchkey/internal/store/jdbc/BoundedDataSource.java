package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.jdbc.BorrowedConnection.Mode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Connections for code that is not ours, as Flyway: with the same bounds, and given back as they
 * came, without anything left open, when that code closes them.
 */
final class BoundedDataSource extends SimpleDataSource {
  private final ConnectionSource source;
  private final Duration bound;

  BoundedDataSource(ConnectionSource source, Duration bound) {
    this.source = source;
    this.bound = bound;
  }

  @Override
  public Connection getConnection() throws SQLException {
    BorrowedConnection borrowed = BorrowedConnection.take(source, bound, Mode.WRITE);
    return (Connection)
        Proxy.newProxyInstance(
            BoundedDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, values) -> call(borrowed, method, values));
  }

  private static @Nullable Object call(
      BorrowedConnection borrowed, Method method, Object @Nullable [] values) throws Throwable {
    if (method.getName().equals("close")) {
      borrowed.closeUncommitted();
      return null;
    }
    try {
      return method.invoke(borrowed.connection(), values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
