package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.ApiKeyStore;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other drivers on the class path, which are none of our business. */
class DriversTest {
  private static final String H2 = "org.h2.Driver";

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  @TempDir private Path folder;

  @AfterEach
  void resetClassLoader() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** A driver that is of no use, in one of many ways. */
  public abstract static class Useless implements Driver {
    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      throw new SQLException("useless");
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
      return false;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 0;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  public static final class CannotBeInitialized extends Useless {
    static final int NEVER = fail();

    private static int fail() {
      throw new IllegalStateException("no native library");
    }
  }

  public static final class CannotBeMade extends Useless {
    public CannotBeMade() {
      throw new NoClassDefFoundError("some/library/Missing");
    }
  }

  public static final class FailsToAccept extends Useless {
    @Override
    public boolean acceptsURL(String url) throws SQLException {
      throw new SQLException("not for me: " + url);
    }
  }

  public static final class FailsToLink extends Useless {
    @Override
    public boolean acceptsURL(String url) {
      throw new NoSuchMethodError("gone");
    }
  }

  public static final class Crashes extends Useless {
    @Override
    public boolean acceptsURL(String url) {
      throw new IllegalStateException("crashed");
    }
  }

  static Stream<String> others() {
    return Stream.of(
        "no.such.Driver",
        "of.a.newer.Java",
        "java.lang.String",
        CannotBeInitialized.class.getName(),
        CannotBeMade.class.getName(),
        FailsToAccept.class.getName(),
        FailsToLink.class.getName(),
        Crashes.class.getName());
  }

  /** Has the class path name these drivers, and no others. */
  private void install(List<String> drivers) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Path list = Files.write(services.resolve("java.sql.Driver"), drivers);
    Path newer = Files.createDirectories(folder.resolve("of/a/newer"));
    byte[] bytes =
        DriversTest.class.getResourceAsStream("DriversTest$Crashes.class").readAllBytes();
    bytes[7] = (byte) 200; // the version of the class file
    Files.write(newer.resolve("Java.class"), bytes);
    Thread.currentThread()
        .setContextClassLoader(
            new URLClassLoader(new URL[] {folder.toUri().toURL()}, before) {
              @Override
              public java.util.Enumeration<URL> getResources(String name) throws IOException {
                return name.endsWith("/java.sql.Driver")
                    ? Collections.enumeration(List.of(list.toUri().toURL()))
                    : super.getResources(name);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("others")
  void aDriverThatIsOfNoUseDoesNotMatterWhereverItStands(String other) throws Exception {
    for (List<String> order : List.of(List.of(other, H2), List.of(H2, other))) {
      install(order);
      assertOpens();
    }
  }

  @Test
  void norDoAllOfThem() throws Exception {
    List<String> all = new ArrayList<>(others().toList());
    all.add(H2);
    install(all);
    assertOpens();
  }

  private static void assertOpens() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    try (ApiKeyStore store = JdbcStores.open(JdbcApiKeyStoreContract.settings(url, "sa", ""))) {
      assertThat(store.findByOwner("alice")).isEmpty();
    }
  }

  @Test
  void ifTheRightOneIsAmongThemItIsSaid() throws Exception {
    install(List.of("of.a.newer.Java", FailsToAccept.class.getName()));
    assertThatThrownBy(() -> Drivers.find("jdbc:h2:mem:x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbcUrl");
    install(List.of("of.a.newer.Java"));
    assertThatThrownBy(() -> Drivers.find("jdbc:h2:mem:x"))
        .hasMessageContaining("UnsupportedClassVersionError");
  }

  @Test
  void noPasswordInTheUrlIsQuoted() throws Exception {
    install(List.of(FailsToAccept.class.getName()));
    assertThatThrownBy(() -> Drivers.find("jdbc:h2:mem:x;PASSWORD=sesame"))
        .hasMessageNotContaining("sesame")
        .hasNoCause();
  }

  /** Tells if it is asked. */
  public static final class Unasked extends Useless {
    @Override
    public boolean acceptsURL(String url) {
      throw new IllegalStateException("it is not to be asked");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:oracle:thin:@//db.example:1521/shop, jdbc:oracle:",
    "jdbc:oracle:thin:app/s3cret@db.example:1521:shop, jdbc:oracle:",
    "jdbc:sqlserver://db.example;databaseName=shop;password=s3cret, jdbc:sqlserver:",
    "jdbc:mysql://mariadb:3306/shop?password=s3cret, jdbc:mysql:",
    "jdbc:sqlite:/var/shop.db, jdbc:sqlite:",
    "jdbc:sqlite:h2, jdbc:sqlite:",
    "jdbc:db2://db.example:50000/shop, jdbc:db2:",
    "jdbc:hsqldb:mem:shop, jdbc:hsqldb:",
    "jdbc:derby:shop;create=true, jdbc:derby:",
    "jdbc:MariaDB://db.example/shop, jdbc:MariaDB:",
    "postgres://app:s3cret@db.example/shop, something else",
    "jdbc:s3cret, something else",
    "'', something else"
  })
  void urlOfAnotherDatabaseIsRefusedBeforeADriverIsAdvised(String url, String beginning)
      throws Exception {
    for (List<String> drivers : List.of(List.<String>of(), List.of(Unasked.class.getName()))) {
      install(drivers);
      assertThatThrownBy(() -> JdbcStores.open(JdbcApiKeyStoreContract.settings(url, "sa", "")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("jdbcUrl begins with " + beginning)
          .hasMessageEndingWith(
              "which is not supported; supported are MariaDB (jdbc:mariadb:), PostgreSQL"
                  + " (jdbc:postgresql:), H2 (jdbc:h2:)")
          .hasMessageNotContainingAny("s3cret", "driver on the class path", "\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mariadb://db.example/shop, org.mariadb.jdbc:mariadb-java-client",
    "'jdbc:mariadb:sequential://a,b/shop', org.mariadb.jdbc:mariadb-java-client",
    "jdbc:postgresql://db.example/shop, org.postgresql:postgresql",
    "jdbc:postgresql:shop, org.postgresql:postgresql",
    "jdbc:p6spy:postgresql://db.example/shop, org.postgresql:postgresql",
    "jdbc:h2:mem:shop, com.h2database:h2"
  })
  void missingDriverIsNamed(String url, String driver) throws Exception {
    install(List.of());
    assertThatThrownBy(() -> Drivers.find(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("jdbcUrl: no JDBC driver")
        .hasMessageContaining(driver);
  }

  /** Which would log a part of it that is no port. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://app:s3cret@db.example/shop",
        "jdbc:postgresql://app:s3cret@db.example:5432/shop?ssl=true",
        "jdbc:p6spy:postgresql://app:s3cret@db.example"
      })
  void driverOfPostgreSqlIsNotShownAnAccount(String url) throws Exception {
    install(List.of(Unasked.class.getName()));
    assertThatThrownBy(() -> Drivers.find(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("jdbcUrl must not have an account")
        .hasMessageContaining("jdbcUser")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void userOfPostgreSqlMayHaveAnAtSign() throws Exception {
    install(List.of("org.postgresql.Driver"));
    assertThat(Drivers.find("jdbc:postgresql://db.example/shop?user=a@b.example")).isNotNull();
  }

  /** A DataSource that leads to another database than we know. */
  @Test
  void dataSourceOfAnotherDatabaseIsRefused() throws Exception {
    DatabaseMetaData oracle = mock(DatabaseMetaData.class);
    when(oracle.getDatabaseProductName()).thenReturn("Oracle");
    Connection connection = mock(Connection.class);
    when(connection.getMetaData()).thenReturn(oracle);
    when(connection.getAutoCommit()).thenReturn(true);
    DataSource dataSource = mock(DataSource.class);
    when(dataSource.getConnection()).thenReturn(connection);
    assertThatThrownBy(() -> JdbcStores.open(JdbcApiKeyStoreContract.settings(dataSource, true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DataSource leads to Oracle, which is not supported; supported are")
        .hasMessageContaining("PostgreSQL");
  }

  /** Notes with what it is to connect, and fails. */
  public static final class Noting extends Useless {
    static final Queue<Properties> GIVEN = new ConcurrentLinkedQueue<>();

    @Override
    public boolean acceptsURL(String url) {
      return true;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      GIVEN.add(info);
      return super.connect(url, info);
    }
  }

  /** Which holds a call for ten seconds otherwise, to cancel a statement of a frozen server. */
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db.example/shop, '{cancelSignalTimeout=1, password=p, socketTimeout=11, user=u}'",
    "jdbc:mariadb://db.example/shop, '{password=p, user=u}'"
  })
  void driverOfPostgreSqlIsToCancelInTime(String url, String properties) throws Exception {
    install(List.of(Noting.class.getName()));
    Noting.GIVEN.clear();
    assertThatThrownBy(() -> JdbcStores.open(JdbcApiKeyStoreContract.settings(url, "u", "p")))
        .isInstanceOf(StoreException.class);
    assertThat(Noting.GIVEN)
        .isNotEmpty()
        .allSatisfy(given -> assertThat(new TreeMap<>(given)).hasToString(properties));
  }

  /** Counts how often it is asked, which loads all drivers each time. */
  public static final class Counting extends Useless {
    static final AtomicInteger ASKED = new AtomicInteger();

    @Override
    public boolean acceptsURL(String url) {
      ASKED.incrementAndGet();
      return true;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      return new org.h2.Driver().connect(url, info);
    }
  }

  @Test
  void theDriverIsLookedForOnce() throws Exception {
    install(List.of(Counting.class.getName()));
    assertOpens();
    assertThat(Counting.ASKED).hasValue(1);
  }

  /** Connects to H2, but for the third time in the pool's own thread only when it may. */
  public static final class Slow extends Useless {
    static final AtomicInteger CONNECTS = new AtomicInteger();
    static final CountDownLatch CONNECTING = new CountDownLatch(1);
    static final CountDownLatch MAY_CONNECT = new CountDownLatch(1);
    static final AtomicBoolean INTERRUPTED = new AtomicBoolean();
    static final Queue<Connection> CONNECTIONS = new ConcurrentLinkedQueue<>();
    static final CompletableFuture<Connection> LAST = new CompletableFuture<>();

    @Override
    public boolean acceptsURL(String url) {
      return true;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      boolean ofPool = Thread.currentThread().getName().startsWith("latchkey-pool");
      boolean slow = ofPool && CONNECTS.incrementAndGet() == 3;
      if (slow) {
        CONNECTING.countDown();
        try {
          MAY_CONNECT.await();
        } catch (InterruptedException e) {
          INTERRUPTED.set(true);
        }
      }
      Connection connection = new org.h2.Driver().connect(url, info);
      CONNECTIONS.add(connection);
      if (slow) {
        LAST.complete(connection);
      }
      return connection;
    }
  }

  /** An interrupt would make H2 close a file that others use, too. */
  @Test
  void connectorOfThePoolIsNotInterruptedByTheEnd() throws Exception {
    install(List.of(Slow.class.getName()));
    ApiKeyStore store =
        JdbcStores.open(
            JdbcApiKeyStoreContract.settings("jdbc:h2:mem:" + UUID.randomUUID(), "sa", ""));
    Slow.CONNECTING.await();
    store.close(); // bounded all the same
    Slow.MAY_CONNECT.countDown();
    while (!Slow.LAST.join().isClosed()) {
      Thread.onSpinWait();
    }
    assertThat(Slow.INTERRUPTED).isFalse();
    assertThat(Slow.CONNECTIONS).allSatisfy(c -> assertThat(c.isClosed()).isTrue());
  }
}
