package dev.latchkey.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The database comes up long after the application. */
class SlowStartIT {
  private static final int LATE_SECONDS = LongForm.choose(30, 5);

  @Test
  void requestsGet503UntilTheDatabaseIsThere() throws Exception {
    try (MariaDbServer mariaDb = new MariaDbServer(MariaDbBinaries.bundled())) {
      String url = mariaDb.url(mariaDb.newDatabase());
      mariaDb.kill();
      try (Node node = Node.start(url, "startWithoutStore=true");
          Caller caller = new Caller(node.uri())) {
        Client alice = node.loggedIn("alice");
        String unknown = Keys.unknown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LATE_SECONDS);
        while (System.nanoTime() < end) {
          assertThat(Calls.whoami(caller, unknown)).isEqualTo(503);
          assertThat(caller.had("Retry-After")).isTrue();
          assertThat(alice.get("api-keys").status()).isEqualTo(503);
          assertThat(alice.get("health").status()).isEqualTo(200);
        }
        mariaDb.restart();
        Figures.print(
            "until all is well after a late database, in ms",
            Waiting.until(
                    () -> {
                      int status = Calls.whoami(caller, unknown);
                      assertThat(status).isIn(401, 503);
                      return status == 401;
                    },
                    () -> "it stays 503")
                .toMillis());
        assertThat(Calls.whoami(caller, Keys.add(alice, 1).get(0))).isEqualTo(200);
      }
    }
  }
}
