package dev.latchkey.internal.store.jdbc;

import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.mockito.invocation.InvocationOnMock;

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
    return mock(
        Connection.class,
        withSettings().stubOnly().defaultAnswer(call -> answer(connection, call)));
  }

  private Object answer(Connection connection, InvocationOnMock call) throws Throwable {
    String method = call.getMethod().getName();
    Action action = before.get(method);
    if (action != null) {
      action.on(connection);
    }
    return replaced.contains(method) ? null : delegatesTo(connection).answer(call);
  }
}
