package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account whose password is changed while we run. */
@ExtendWith(MariaDb.class)
class MariaDbPasswordTest {
  private final String user = "u" + UUID.randomUUID().toString().substring(0, 8);
  private final StoredKey key = Keys.of("alice");
  @TempDir private Path folder;
  private Path file;
  private MariaDbServer server;
  private String url;

  @BeforeEach
  void createAccount(MariaDbServer server) throws Exception {
    this.server = server;
    url = server.url(server.newDatabase());
    file = Files.writeString(folder.resolve("password"), "old password \n");
    asRoot("CREATE USER " + user + "@'%' IDENTIFIED BY 'old password '");
    asRoot("GRANT ALL ON *.* TO " + user + "@'%'");
  }

  @AfterEach
  void dropAccount() throws Exception {
    asRoot("DROP USER " + user + "@'%'");
  }

  private void asRoot(String sql) throws SQLException {
    try (Connection connection = server.connectAsRoot();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private ApiKeyStore open(boolean userInUrl) {
    return JdbcStores.open(
        new JdbcSettings(
            null,
            null,
            userInUrl ? url + "&user=" + user : url,
            userInUrl ? null : user,
            null,
            file,
            2,
            Duration.ofSeconds(2),
            true,
            false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aChangedPasswordNeedsNoRestart(boolean userInUrl) throws Exception {
    try (ApiKeyStore store = open(userInUrl)) {
      store.add(key, 1);
      asRoot("ALTER USER " + user + "@'%' IDENTIFIED BY 'new password'");
      asRoot("KILL CONNECTION USER " + user);
      Throwable failure = catchThrowable(() -> Keys.find(store, key.hash()));
      assertThat(failure).isInstanceOf(StoreException.class);
      assertThat(Causes.deepest(failure)).contains("Access denied");
      assertThat(Causes.explain("Latchkey: it failed", failure)).contains("Access denied");
      Files.delete(file); // for a moment
      assertThatThrownBy(() -> Keys.find(store, key.hash())).isInstanceOf(StoreException.class);
      Files.writeString(file, "new password\r\n");
      awaitFound(store);
    }
  }

  private void awaitFound(ApiKeyStore store) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        assertThat(Keys.find(store, key.hash())).isPresent();
        return;
      } catch (StoreException e) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
    }
  }
}
