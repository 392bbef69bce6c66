package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.internal.store.ApiKeyStore;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
