package dev.latchkey.admin;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** An H2 that falls silent, or breaks after a number of connections, when a test says so. */
final class SwitchableDataSource implements DataSource, AutoCloseable {
  private final JdbcDataSource h2 = new JdbcDataSource();
  private final AtomicReference<@Nullable CountDownLatch> silence = new AtomicReference<>();
  private final AtomicInteger connectionsLeft = new AtomicInteger(Integer.MAX_VALUE);

  SwitchableDataSource(String url) {
    h2.setUrl(url);
    h2.setUser("sa");
  }

  /** Has nobody get an answer from now on. */
  void fallSilent() {
    silence.set(new CountDownLatch(1));
  }

  void breakAfter(int connections) {
    connectionsLeft.set(connections);
  }

  @Override
  public void close() {
    heal();
  }

  void heal() {
    CountDownLatch latch = silence.getAndSet(null);
    if (latch != null) {
      latch.countDown();
    }
    connectionsLeft.set(Integer.MAX_VALUE);
  }

  @Override
  public Connection getConnection() throws SQLException {
    CountDownLatch latch = silence.get();
    if (latch != null) {
      AnyKeysTest.await(latch);
    }
    if (connectionsLeft.getAndDecrement() <= 0) {
      throw new SQLException("broken by the test", "08006");
    }
    return h2.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return h2.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    h2.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
