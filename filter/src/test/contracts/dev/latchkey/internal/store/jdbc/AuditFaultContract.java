package dev.latchkey.internal.store.jdbc;

import static dev.latchkey.internal.store.Keys.BY;
import static dev.latchkey.internal.store.Keys.LATER;
import static dev.latchkey.internal.store.Keys.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.EventFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change and its events: both are there or neither, whatever fails, on whatever database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuditFaultContract {

  private HikariDataSource pool;
  private ApiKeyStore store;
  private ApiKeyStore failing;
  private final AtomicInteger untilFault = new AtomicInteger();
  private volatile Fault fault = connection -> {};

  /** Fails, after it has done something or not. */
  private interface Fault {
    void on(Connection connection) throws SQLException;
  }

  /** Where a database is that is empty at first. */
  abstract JdbcSettings emptyDatabase();

  @BeforeAll
  void open() {
    pool = JdbcApiKeyStoreContract.pool(emptyDatabase());
    pool.setMaximumPoolSize(4);
    store = JdbcStores.open(JdbcApiKeyStoreContract.settings(pool, true));
    WatchedDataSource watched =
        new WatchedDataSource(pool)
            .before("prepareStatement", connection -> countDown(connection, false))
            .before("commit", connection -> countDown(connection, true));
    failing = JdbcStores.open(JdbcApiKeyStoreContract.settings(watched, false));
  }

  @AfterAll
  void close() {
    failing.close();
    store.close();
    pool.close();
  }

  private void countDown(Connection connection, boolean commits) throws SQLException {
    if (commits && fault == LOST_COMMIT) {
      fault.on(connection);
    } else if (fault == NOT_SENT && untilFault.decrementAndGet() == 0) {
      fault.on(connection);
    }
  }

  /** In place of a statement, or of the commit. */
  private static final Fault NOT_SENT =
      connection -> {
        throw new SQLException("no", "42000");
      };

  /** The database has committed, and nobody learns of it. */
  private static final Fault LOST_COMMIT =
      connection -> {
        connection.commit();
        throw new SQLException("lost", "08006");
      };

  /** All changes that have events, each of an owner who has two keys and a predecessor. */
  enum Change {
    ADD {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.add(Keys.of(keys.owner()), 9, false, BY);
      }
    },
    ADD_FOR_NEW_OWNER {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.add(Keys.of(keys.stranger()), 1, false, BY);
      }
    },
    ADD_FOR_SERVICE {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.add(Keys.of(keys.owner()), 9, true, BY);
      }
    },
    ADD_IN_PLACE {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.addInPlaceOf(keys.current().tag(), Keys.of(keys.owner()), BY);
      }
    },
    EDIT {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        KeyEdit edit = new KeyEdit("words", LATER.minusSeconds(1));
        return store.edit(keys.owner(), keys.current().tag(), edit, NOW, BY);
      }
    },
    REISSUE {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.reissue(keys.current().tag(), Keys.of(keys.owner()), null, BY);
      }
    },
    REISSUE_WITH_GRACE {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.reissue(keys.current().tag(), Keys.of(keys.owner()), LATER, BY);
      }
    },
    DELETE {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.delete(keys.owner(), keys.current().tag(), BY);
      }
    },
    REVOKE {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store
            .administration()
            .revoke(List.of(keys.current().hash(), keys.other().hash()), "filter", BY);
      }
    },
    DISABLE {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.setOwnerDisabled(keys.owner(), true, BY);
      }
    },
    ENABLE {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.setOwnerDisabled(keys.owner(), false, BY);
      }
    },
    DELETE_OWNER {
      @Override
      Changed make(ApiKeyStore store, Keyring keys) {
        return store.deleteOwner(keys.owner(), BY);
      }
    };

    abstract Changed make(ApiKeyStore store, Keyring keys);
  }

  /** What an owner has before the change, and somebody who has nothing. */
  record Keyring(String owner, StoredKey current, StoredKey other, String stranger) {}

  private Keyring keyring(Change change) {
    String owner = "owner-" + UUID.randomUUID();
    StoredKey old = Keys.of(owner);
    StoredKey current = Keys.of(owner);
    StoredKey other = Keys.of(owner);
    store.add(old, 2, false, BY);
    store.reissue(old.tag(), current, LATER, BY);
    store.add(other, 2, false, BY);
    if (change == Change.ENABLE) {
      store.setOwnerDisabled(owner, true, BY);
    }
    return new Keyring(owner, current, other, owner + "-stranger");
  }

  /** Everything that a change changes but instants, in which tags of its own making are alike. */
  private record State(List<String> keys, List<String> owners) {}

  private State state(Keyring ring) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      Session session = JdbcApiKeyStoreContract.session(connection);
      State state =
          new State(
              session.select(
                  "SELECT description, expires_at, slot, deleted_at FROM latchkey_key"
                      + " WHERE owner IN (?, ?) ORDER BY slot, description, created_at",
                  row ->
                      "%s %s %s %s"
                          .formatted(
                              row.getString(1),
                              row.getString(2),
                              row.getString(3),
                              row.getString(4) == null),
                  ring.owner(),
                  ring.stranger()),
              session.select(
                  "SELECT owner, disabled_at, is_service FROM latchkey_owner"
                      + " WHERE owner IN (?, ?) ORDER BY owner",
                  row ->
                      "%s %s %s"
                          .formatted(
                              row.getString(1).endsWith("stranger"),
                              row.getString(2) == null,
                              row.getBoolean(3)),
                  ring.owner(),
                  ring.stranger()));
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      return state;
    }
  }

  private List<String> events(Keyring ring) {
    return List.of(ring.owner(), ring.stranger()).stream()
        .flatMap(
            owner ->
                store
                    .administration()
                    .events(EventFilter.all().withOwner(owner), Position.FIRST, true, 200)
                    .items()
                    .stream())
        .map(event -> event.action())
        .toList();
  }

  /** What a change leaves when nothing fails. */
  private record Outcome(State state, List<String> events) {}

  private Outcome outcome(Keyring ring) throws SQLException {
    return new Outcome(state(ring), events(ring));
  }

  private Outcome unhindered(Change change) throws SQLException {
    Keyring ring = keyring(change);
    change.make(store, ring);
    return outcome(ring);
  }

  private static void finish(Changed changed) {
    if (changed.unfinished() != null) {
      assertThat(changed.events()).hasSize(1); // of the step that is made
      throw changed.unfinished();
    }
  }

  @ParameterizedTest
  @EnumSource
  void failedStatementLeavesBothOrNeither(Change change) throws Exception {
    Outcome whole = unhindered(change);
    int failures = 0;
    for (int statement = 1; ; statement++) {
      Keyring ring = keyring(change);
      Outcome before = outcome(ring);
      assertThat(whole).isNotEqualTo(before);
      untilFault.set(statement);
      fault = NOT_SENT;
      try {
        finish(change.make(failing, ring));
        break;
      } catch (StoreException e) {
        failures++;
        Outcome after = outcome(ring);
        String where = change + " whose statement " + statement + " fails";
        if (e.isOutcomeUnknown()) {
          assertThat(after).as(where).isIn(before, whole);
        } else {
          assertThat(after).as(where).isEqualTo(before);
        }
      } finally {
        fault = connection -> {};
      }
    }
    assertThat(failures).as("statements, and the commit").isGreaterThan(4);
  }

  @ParameterizedTest
  @EnumSource
  void commitWhoseAnswerIsLostLeavesBoth(Change change) throws Exception {
    Outcome whole = unhindered(change);
    Keyring ring = keyring(change);
    fault = LOST_COMMIT;
    try {
      finish(change.make(failing, ring));
      throw new AssertionError("nothing was lost");
    } catch (StoreException e) {
      assertThat(e.isOutcomeUnknown()).isTrue();
      assertThat(outcome(ring)).isEqualTo(whole);
    } finally {
      fault = connection -> {};
    }
  }
}
