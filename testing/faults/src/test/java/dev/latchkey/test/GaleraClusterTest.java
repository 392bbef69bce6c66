package dev.latchkey.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("alone")
@ExtendWith(Galera.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GaleraClusterTest {
  private final GaleraCluster cluster;
  private String database;

  GaleraClusterTest(GaleraCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void table() throws SQLException {
    cluster.awaitSize(GaleraCluster.SIZE);
    database = cluster.newDatabase();
    execute(0, "CREATE TABLE item (id INT PRIMARY KEY)");
  }

  private void execute(int node, String sql) throws SQLException {
    try (Connection connection = cluster.connect(node, database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void write(int node, int item) throws SQLException {
    execute(node, "INSERT INTO item VALUES (" + item + ")");
  }

  private int read(int node) throws SQLException {
    try (Connection connection = cluster.connect(node, database);
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION wsrep_sync_wait = 7");
      try (ResultSet sum = statement.executeQuery("SELECT SUM(id) FROM item")) {
        sum.next();
        return sum.getInt(1);
      }
    }
  }

  @Test
  void whatIsWrittenOnOneNodeIsReadOnTheOthers() throws SQLException {
    for (int node = 0; node < GaleraCluster.SIZE; node++) {
      write(node, 1 << node);
      for (int reader = 0; reader < GaleraCluster.SIZE; reader++) {
        assertThat(read(reader)).isEqualTo((2 << node) - 1);
      }
    }
  }

  @Test
  void theOthersGoOnWithoutAKilledNodeAndItCatchesUp() throws SQLException {
    write(0, 1);
    cluster.kill(0);
    cluster.awaitSize(2);
    write(1, 2);
    assertThat(read(2)).isEqualTo(3);
    cluster.restart(0);
    assertThat(read(0)).isEqualTo(3);
  }

  @Test
  @InLongForm
  void aFrozenNodeIsLeftOutAndCatchesUp() throws SQLException {
    cluster.freeze(1);
    cluster.awaitSize(2);
    write(0, 1);
    cluster.thaw(1);
    cluster.awaitSize(GaleraCluster.SIZE);
    assertThat(read(1)).isEqualTo(1);
  }

  @Test
  void aNodeThatIsCutOffRefusesAndCatchesUp() throws SQLException {
    cluster.partition(0);
    cluster.awaitSize(2);
    assertThatThrownBy(() -> write(0, 1)).hasMessageContaining("WSREP has not yet prepared node");
    write(1, 2);
    cluster.heal(0);
    cluster.awaitSize(GaleraCluster.SIZE);
    assertThat(read(0)).isEqualTo(2);
  }

  @Test
  @InLongForm
  void allComeBackWhenAllWereKilledOneAfterAnother() throws SQLException {
    write(1, 1);
    assertThat(read(0) + read(2)).isEqualTo(2);
    cluster.kill(0);
    cluster.awaitSize(2);
    write(1, 2);
    cluster.kill(2);
    cluster.kill(1);
    cluster.restartAll();
    cluster.awaitSize(GaleraCluster.SIZE);
    assertThat(read(0)).isEqualTo(3);
  }
}
