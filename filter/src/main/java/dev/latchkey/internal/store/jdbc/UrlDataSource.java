package dev.latchkey.internal.store.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a URL by its driver, with the password that holds at that moment. The driver is not
 * looked for in the DriverManager, where a web application's is not always registered.
 */
final class UrlDataSource extends SimpleDataSource {
  private final Driver driver;
  private final String url;
  private final @Nullable String user;
  private final Supplier<@Nullable String> password;
  private final Map<String, String> defaults;

  /**
   * Prepares to connect.
   *
   * @param defaults properties of the driver that count unless the URL has them
   */
  UrlDataSource(
      Driver driver,
      String url,
      @Nullable String user,
      Supplier<@Nullable String> password,
      Map<String, String> defaults) {
    this.driver = driver;
    this.url = url;
    this.user = user;
    this.password = password;
    this.defaults = defaults;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(defaults);
    put(properties, "user", user);
    put(properties, "password", password.get());
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver makes no connection of this URL");
    }
    return connection;
  }

  private static void put(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }
}
