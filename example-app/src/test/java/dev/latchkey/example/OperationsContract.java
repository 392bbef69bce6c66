package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Answer;
import dev.latchkey.test.caller.Client;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SQL of docs/operations.md, run beside a node that has cached what it changes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class OperationsContract {
  private static final String TAG = "3kTq9mWxZ2aB"; // the page's example
  static final String CLOCK = "UTC_TIMESTAMP(6)";

  private ExampleServer node;
  private Client alice;

  abstract ApiKeysConfig.Builder database();

  abstract Connection connect() throws SQLException;

  abstract String dialect(String sql) throws Exception;

  /** Returns what stands around the names of the history. */
  abstract String quote();

  @BeforeEach
  void start() throws Exception {
    node = node();
    alice = Client.loggedIn(node.uri(), "alice");
  }

  private ExampleServer node() {
    return ExampleServer.start(
        new ExampleOptions(0, database().feedInterval(Duration.ofMillis(100)).build()));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** Runs statements in one transaction; returns the first column of what they select. */
  private List<String> run(String statements) throws Exception {
    List<String> selected = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String one : dialect(statements).strip().split(";")) {
        if (statement.execute(one)) {
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              selected.add(rows.getString(1));
            }
          }
        }
      }
      connection.commit();
    }
    return selected;
  }

  private void runBelow(String heading, String... replacements) throws Exception {
    String sql = OperationsPage.block(heading, "sql");
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(sql).contains(replacements[i]);
      sql = sql.replace(replacements[i], replacements[i + 1]);
    }
    run(sql);
  }

  /** Adds a key that the node has in its cache. */
  private Answer cachedKey(Client user) {
    Answer added = user.add("{}");
    assertThat(added.status()).isEqualTo(201);
    await(added, answer -> answer.status() == 200);
    return added;
  }

  private void await(Answer key, Predicate<Answer> expected) {
    while (!expected.test(alice.whoami(key.get("key")))) {
      Thread.onSpinWait(); // the test has a time limit
    }
  }

  private void awaitRefusal(Answer key) {
    await(key, answer -> answer.status() == 401);
    assertThat(alice.whoami(key.get("key")).get("type")).isEqualTo("urn:latchkey:invalid-key");
  }

  @Test
  void statementRevokesAKeyByItsTag() throws Exception {
    Answer key = cachedKey(alice);
    Answer other = cachedKey(Client.loggedIn(node.uri(), "bob"));
    runBelow("Revoke a key", TAG, key.get("tag"));
    awaitRefusal(key);
    assertThat(alice.whoami(other.get("key")).status()).isEqualTo(200);
    cachedKey(alice); // the slot is free
  }

  @Test
  void statementRevokesAllKeysOfAnOwner() throws Exception {
    Answer retired = cachedKey(alice);
    Answer current =
        alice.json("POST", "api-keys/" + retired.get("tag") + "/reissue", "{\"graceSeconds\":600}");
    await(current, answer -> answer.status() == 200);
    await(retired, answer -> answer.status() == 200);
    runBelow("Revoke all keys of an owner");
    awaitRefusal(retired);
    awaitRefusal(current);
    cachedKey(alice);
  }

  @Test
  void statementRevokesKeysAddedBeforeAnInstant() throws Exception {
    Answer key = cachedKey(alice);
    runBelow("Revoke all keys that were added before an instant", "2999", "1999");
    runBelow("Revoke all keys that were added before an instant");
    awaitRefusal(key);
  }

  @Test
  void statementSetsTheExpiry() throws Exception {
    Answer key = cachedKey(alice);
    String heading = "Set when a key expires";
    runBelow(heading, TAG, key.get("tag"), "2027", "2020");
    await(key, answer -> answer.status() == 401);
    assertThat(alice.whoami(key.get("key")).get("type")).isEqualTo("urn:latchkey:expired-key");
    runBelow(heading, TAG, key.get("tag"), "2027", "2999");
    await(key, answer -> answer.status() == 200);
    assertThat(alice.whoami(key.get("key")).header("API-Key-Expires")).contains("31 Jan 2999");
  }

  @Test
  void statementsDisableAndEnableAnOwnerRepeatedly() throws Exception {
    Answer key = cachedKey(alice);
    Answer other = cachedKey(Client.loggedIn(node.uri(), "bob"));
    for (int i = 0; i < 2; i++) {
      runBelow("Disable an owner");
      runBelow("Disable an owner");
      awaitRefusal(key);
      runBelow("Enable an owner");
      runBelow("Enable an owner");
      await(key, answer -> answer.status() == 200);
    }
    assertThat(alice.whoami(other.get("key")).status()).isEqualTo(200);
  }

  @Test
  void rowDeletedByHandIsNotNoticed() throws Exception {
    Answer key = cachedKey(alice);
    Answer other = cachedKey(Client.loggedIn(node.uri(), "bob"));
    run("DELETE FROM latchkey_key WHERE tag = '" + key.get("tag") + "'");
    runBelow("Revoke a key", TAG, other.get("tag"));
    awaitRefusal(other);
    assertThat(alice.whoami(key.get("key")).status()).isEqualTo(200);
  }

  @Test
  void restoreRevivesKeysAndTheDocumentedStepsRevokeThem() throws Exception {
    Answer key = cachedKey(alice);
    run("CREATE TABLE backup AS SELECT * FROM latchkey_key");
    alice.send("DELETE", "api-keys/" + key.get("tag"), null);
    awaitRefusal(key);
    String died = OperationsPage.block("Backup and restore", "sql");
    List<String> tags = run(died.replace("2026", "2000"));
    assertThat(tags).containsExactly(key.get("tag"));
    run("DELETE FROM latchkey_key; INSERT INTO latchkey_key SELECT * FROM backup");
    runBelow("Have all nodes read all keys anew");
    await(key, answer -> answer.status() == 200); // which is what the page warns of
    runBelow("Revoke a key", "= '" + TAG + "'", "IN ('" + String.join("','", tags) + "')");
    awaitRefusal(key);
  }

  @Test
  void olderNodeStartsOnTablesOfANewerVersion() throws Exception {
    String quote = quote();
    String columns =
        "%1$sdescription%1$s, %1$stype%1$s, %1$sscript%1$s, %1$schecksum%1$s, %1$sinstalled_by%1$s,"
            + " %1$sinstalled_on%1$s, %1$sexecution_time%1$s, %1$ssuccess%1$s";
    run(
        ("INSERT INTO %1$slatchkey_schema_history%1$s"
                + " (%1$sinstalled_rank%1$s, %1$sversion%1$s, "
                + columns
                + ") SELECT 99, '99', "
                + columns
                + " FROM %1$slatchkey_schema_history%1$s WHERE %1$sversion%1$s = '1'")
            .formatted(quote));
    Answer key = cachedKey(alice);
    try (ExampleServer older = node()) {
      assertThat(new Client(older.uri()).whoami(key.get("key")).status()).isEqualTo(200);
    }
  }
}
