package dev.latchkey.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.starter.Browser.Key;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.TcpProxy;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** On a server of the test's own. */
abstract class BooksOnServer extends BooksContract {
  private final DatabaseServer server;
  private final String identity;

  /**
   * Prepares to start the application.
   *
   * @param identity the type of a column whose values the database makes
   */
  BooksOnServer(DatabaseServer server, String identity) {
    this.server = server;
    this.identity = "spring.flyway.placeholders.identity=" + identity;
  }

  @Override
  String[] database() {
    return new String[] {
      "spring.datasource.url=" + server.url(server.newDatabase()),
      "spring.datasource.username=" + DatabaseServer.USER,
      "spring.datasource.password=" + DatabaseServer.PASSWORD,
      identity
    };
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  /** The database of keys and users goes away and comes back. */
  @Test
  void keysThatAreKnownPassAndHealthSaysThatOthersCannotBeToldApart() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server.port());
        Books books =
            Books.start(
                "spring.datasource.url=" + server.url(server.newDatabase(), proxy.port()),
                "spring.datasource.username=" + DatabaseServer.USER,
                "spring.datasource.password=" + DatabaseServer.PASSWORD,
                identity,
                "spring.datasource.hikari.connection-timeout=500",
                "latchkey.owner-ttl=1ms",
                "latchkey.feed-interval=200ms",
                "latchkey.lookup-timeout=300ms")) {
      Key alice = new Key(books.keyOf("alice"));
      Key bob = new Key(books.keyOf("bob"));
      assertThat(books.browser().get("/api/me", alice).statusCode()).isEqualTo(200);
      String health = "/actuator/health/latchkey";
      Browser admin = books.browser().login("bob");
      assertThat(admin.get(health).body()).contains("\"UP\"");

      proxy.cut();
      await(() -> admin.get(health).statusCode(), 503);
      assertThat(admin.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(books.browser().get("/api/me", alice).body()).contains("alice", "ROLE_USER");
      assertIsOurs(books.browser().get("/api/me", bob), 503, "store-unavailable");

      proxy.heal();
      await(() -> admin.get(health).statusCode(), 200);
      await(() -> books.browser().get("/api/me", bob).statusCode(), 200);
    }
  }

  private static void await(Callable<Integer> status, int wanted) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(status, found -> found == wanted);
  }
}
