package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.internal.auth.RequestAuthenticator;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application's own database outlives us: an interrupt would make H2 close its file. */
class CloseTest {
  private final CountDownLatch lookupBegun = new CountDownLatch(1);
  private final CountDownLatch mayLookUp = new CountDownLatch(1);

  /** Holds look-ups back on the way to the database. */
  private final class HeldBack extends HikariDataSource {
    @Override
    public Connection getConnection() throws SQLException {
      if (Thread.currentThread().getName().startsWith("latchkey-lookup")) {
        lookupBegun.countDown();
        boolean interrupted = false;
        while (mayLookUp.getCount() > 0) {
          try {
            mayLookUp.await();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        if (interrupted) {
          Thread.currentThread().interrupt(); // as it reaches the file
        }
      }
      return super.getConnection();
    }
  }

  private HeldBack file(Path folder) {
    HeldBack file = new HeldBack();
    file.setJdbcUrl("jdbc:h2:file:" + folder.resolve("shop") + ";WRITE_DELAY=0");
    return file;
  }

  private static String addedTo(ApiKeys apiKeys) {
    IssuedKey added = apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create());
    return added.secret().reveal();
  }

  @Test
  void lookupUnderWayDoesNotCloseTheApplicationsFile(@TempDir Path folder) throws Exception {
    try (HeldBack file = file(folder);
        Connection application = file.getConnection();
        Statement statement = application.createStatement()) {
      statement.execute("CREATE TABLE own (id INT)");
      ApiKeys apiKeys = ApiKeys.open(ApiKeysConfig.builder().dataSource(file).build());
      String key = addedTo(apiKeys);
      Thread request =
          new Thread(
              () ->
                  apiKeys
                      .unwrap(RequestAuthenticator.class)
                      .authenticate(key, 0, () -> "192.0.2.1"));
      request.start();
      assertThat(lookupBegun.await(20, TimeUnit.SECONDS)).isTrue();
      Thread closing = new Thread(apiKeys::close);
      closing.start();
      while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait(); // until it waits for the look-up
      }
      mayLookUp.countDown();
      closing.join();
      request.join();
      statement.execute("INSERT INTO own VALUES (1)");
    }
  }

  @Test
  void lastUseIsWrittenThoughTheCallerIsInterrupted(@TempDir Path folder) throws Exception {
    mayLookUp.countDown();
    try (HeldBack file = file(folder);
        Connection application = file.getConnection();
        Statement statement = application.createStatement()) {
      ApiKeys apiKeys = ApiKeys.open(ApiKeysConfig.builder().dataSource(file).build());
      apiKeys
          .unwrap(RequestAuthenticator.class)
          .authenticate(addedTo(apiKeys), 0, () -> "192.0.2.1");
      Thread.currentThread().interrupt();
      apiKeys.close();
      assertThat(Thread.interrupted()).isTrue();
      try (ResultSet rows = statement.executeQuery("SELECT last_used_from FROM latchkey_key")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("192.0.2.1");
      }
    }
  }
}
