package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An application that was taken out of a container leaves nothing in it. */
@ExtendWith(MariaDb.class)
public abstract class RedeployContract {
  private static final int TIMES = LongForm.choose(50, 10);
  private static final int FEW_TIMES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
  private final List<WeakReference<ClassLoader>> gone = new ArrayList<>();
  private Redeployer container;
  private URI uri;

  /** A container that is not started yet. */
  protected abstract Redeployer container();

  /** As servers do at their start; otherwise the first application's drivers are all it knows. */
  @BeforeAll
  static void loadDrivers() {
    DriverManager.getDrivers();
  }

  @BeforeEach
  void start() throws Exception {
    container = container();
    uri = container.start(new SharedClasses());
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
  }

  @Test
  void manyTimesOnMariaDb(MariaDbServer server, @TempDir Path folder) throws Exception {
    String database = server.newDatabase();
    Path application =
        WebApplication.create(
            folder, server.url(database), MariaDbServer.USER, MariaDbServer.PASSWORD, "");
    for (int time = 0; time < TIMES; time++) {
      redeploy(application, server, database);
    }
    assertNothingIsLeft();
  }

  private void redeploy(Path application, MariaDbServer server, String database) throws Exception {
    ClassLoader loader = deploy(application);
    try {
      use();
      assertThat(connections(server, database)).isPositive();
      container.undeploy();
      await(() -> connections(server, database) == 0, () -> "connections are left");
    } finally {
      Reference.reachabilityFence(loader); // no connection was closed by the garbage collector
    }
  }

  @Test
  void onH2(@TempDir Path folder) throws Exception {
    Path application =
        WebApplication.create(folder, "jdbc:h2:mem:" + UUID.randomUUID(), "sa", "", "");
    for (int time = 0; time < FEW_TIMES; time++) {
      deploy(application);
      use();
      container.undeploy();
    }
    assertNothingIsLeft();
  }

  @Test
  void whileTheDatabaseIsAbsent(MariaDbServer server, @TempDir Path folder) throws Exception {
    try (Socket taken = new Socket()) { // nobody listens there
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Path application =
          WebApplication.create(
              folder,
              server.url("shop", taken.getLocalPort()),
              MariaDbServer.USER,
              MariaDbServer.PASSWORD,
              "<init-param><param-name>startWithoutStore</param-name>"
                  + "<param-value>true</param-value></init-param>");
      for (int time = 0; time < FEW_TIMES; time++) {
        deploy(application);
        assertThat(get("api/probe", generator.newKey().reveal()).statusCode()).isEqualTo(503);
        container.undeploy();
      }
    }
    assertNothingIsLeft();
  }

  @Test
  void afterTheDatabaseDied(MariaDbServer server, @TempDir Path folder) throws Exception {
    Path application =
        WebApplication.create(
            folder,
            server.url(server.newDatabase()),
            MariaDbServer.USER,
            MariaDbServer.PASSWORD,
            "");
    deploy(application);
    use();
    server.kill();
    try {
      container.undeploy();
    } finally {
      server.restart();
    }
    assertNothingIsLeft();
  }

  private ClassLoader deploy(Path application) throws Exception {
    ClassLoader loader = container.deploy(application);
    gone.add(new WeakReference<>(loader));
    assertThat(threads()).as("threads while it is there").isNotEmpty();
    return loader;
  }

  /** In the threads of the application, and in the container's. */
  private void use() throws Exception {
    assertThat(get("api/probe", generator.newKey().reveal()).statusCode()).isEqualTo(401);
    HttpResponse<String> added = get("add", "");
    assertThat(added.body()).startsWith("lk_");
    assertThat(get("api/probe", added.body()).body()).startsWith("user-");
    assertThat(get("api-keys", "").body()).contains("urn:latchkey:not-logged-in");
  }

  private HttpResponse<String> get(String path, String key) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(path));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static long connections(MariaDbServer server, String database) {
    String count = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = ?";
    try (Connection connection = server.connect("");
        PreparedStatement statement = connection.prepareStatement(count)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(get("api/probe", "").statusCode()).isEqualTo(404);
    await(() -> threads().isEmpty(), () -> "threads are left: " + threads());
    await(
        () -> {
          System.gc();
          return gone.stream().allMatch(loader -> loader.get() == null);
        },
        () -> gone.stream().filter(loader -> loader.get() != null).count() + " loaders are left");
  }

  private List<String> threads() {
    List<ClassLoader> loaders =
        gone.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().contains("latchkey")
                    || loaders.contains(thread.getContextClassLoader())
                    || loaders.contains(thread.getClass().getClassLoader()))
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .toList();
  }

  private static void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(otherwise.get());
      }
      Thread.onSpinWait();
    }
  }
}
