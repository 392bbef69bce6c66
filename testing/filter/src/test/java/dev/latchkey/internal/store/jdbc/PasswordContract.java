package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.test.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account whose password is changed while we run. */
abstract class PasswordContract {
  private final String user = "u" + UUID.randomUUID().toString().substring(0, 8);
  private final StoredKey key = Keys.of("alice");
  @TempDir private Path folder;
  private Path file;
  private String url;

  abstract void createAccount(String user, String password, String database) throws SQLException;

  abstract void changePassword(String user, String password) throws SQLException;

  abstract void dropConnections(String user) throws SQLException;

  /** The start of what the database says of a wrong password. */
  abstract String denial();

  @BeforeEach
  void createAccount(DatabaseServer server) throws Exception {
    String database = server.newDatabase();
    url = server.url(database);
    file = Files.writeString(folder.resolve("password"), "old password \n");
    createAccount(user, "old password ", database);
  }

  private ApiKeyStore open(boolean userInUrl) {
    return JdbcStores.open(
        new JdbcSettings(
            null,
            null,
            userInUrl ? url + (url.contains("?") ? "&" : "?") + "user=" + user : url,
            userInUrl ? null : user,
            null,
            file,
            2,
            Duration.ofSeconds(2),
            true,
            false,
            null));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aChangedPasswordNeedsNoRestart(boolean userInUrl) throws Exception {
    try (ApiKeyStore store = open(userInUrl)) {
      store.add(key, 1, false, BY);
      changePassword(user, "new password");
      dropConnections(user);
      Throwable failure = catchThrowable(() -> Keys.find(store, key.hash()));
      assertThat(failure).isInstanceOf(StoreException.class);
      assertThat(Causes.deepest(failure)).contains(denial());
      assertThat(Causes.explain("Latchkey: it failed", failure)).contains(denial());
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
