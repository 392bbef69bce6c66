package dev.latchkey.test;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One node of a {@link GaleraCluster}. */
final class GaleraNode {
  static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");

  private static final Pattern POSITION = Pattern.compile("Recovered position: (\\S+):(-?\\d+)");

  private final MariaDbProcess server;
  private final int groupPort = FreePorts.choose();
  private final int increments = FreePorts.choose();
  private final int snapshots = FreePorts.choose();

  GaleraNode(MariaDbBinaries binaries) {
    String user = System.getProperty("user.name");
    server = new MariaDbProcess(binaries, user.equals("root") ? "mysql" : user);
  }

  int port() {
    return server.port();
  }

  /** Where the other nodes find it. */
  String address() {
    return "127.0.0.1:" + groupPort;
  }

  /** Starts the first node of a new cluster. */
  void found(String members) {
    server.install();
    server.start(options(members, "--wsrep-new-cluster", server.withUser()));
    awaitMembership();
  }

  /** Starts a node without data, which it gets from another. */
  void join(String members) {
    server.start(options(members));
    awaitMembership();
  }

  /**
   * What it committed last, of a node that is down. After a kill only the storage engine knows; a
   * node that does not say it would have to copy everything from another, which is blocked
   * meanwhile.
   */
  Position position(String members) {
    Matcher position = POSITION.matcher(server.run(options(members, "--wsrep-recover")));
    return position.find()
        ? new Position(position.group(1), Long.parseLong(position.group(2)))
        : Position.UNKNOWN;
  }

  /** The state of one cluster, and how many changes were made to it. */
  record Position(String state, long changes) {
    private static final Position UNKNOWN =
        new Position("00000000-0000-0000-0000-000000000000", -1);

    private String option() {
      return "--wsrep-start-position=" + state + ":" + changes;
    }
  }

  /** Starts a node that has data, and leaves it to catch up. */
  void rejoin(String members) {
    server.start(options(members, position(members).option()));
  }

  /** Starts the node that has the newest data when none is up: the others follow it. */
  void foundAgain(String members) {
    Position position = position(members);
    server.file(
        "data/grastate.dat",
        """
        version: 2.1
        uuid: %s
        seqno: %d
        safe_to_bootstrap: 1
        """
            .formatted(position.state(), position.changes()));
    server.start(options(members, "--wsrep-new-cluster", position.option()));
    awaitMembership();
  }

  void awaitMembership() {
    server.await(() -> clusterSize() > 0);
  }

  private List<String> options(String members, String... more) {
    return Stream.concat(
            Stream.of(
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-buffer-pool-size=32M",
                "--innodb-log-file-size=16M",
                "--wsrep-on=ON",
                "--wsrep-provider=" + PROVIDER,
                "--wsrep-provider-options=" + providerOptions(),
                "--wsrep-cluster-address=gcomm://" + members,
                "--wsrep-cluster-name=latchkey-" + members.hashCode(),
                "--wsrep-node-address=127.0.0.1",
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + snapshots),
            Stream.of(more))
        .toList();
  }

  /** Besides the addresses: a node that is gone is missed after 1 to 3 s, not after 5 to 15. */
  private String providerOptions() {
    return String.join(
        ";",
        "base_host=127.0.0.1",
        "gmcast.listen_addr=tcp://" + address(),
        "ist.recv_addr=127.0.0.1:" + increments,
        "gcache.size=16M",
        "pc.recovery=false", // who goes on when all were killed, the cluster says
        "gmcast.peer_timeout=PT1S",
        "gmcast.time_wait=PT1S",
        "evs.keepalive_period=PT0.2S",
        "evs.inactive_check_period=PT0.2S",
        "evs.suspect_timeout=PT1S",
        "evs.inactive_timeout=PT3S",
        "evs.install_timeout=PT3S");
  }

  /** How large the cluster is that it is a synced member of, by its own account; else 0. */
  int clusterSize() {
    if (!server.isAlive()) {
      return 0;
    }
    try (Connection connection = server.connect("", "&connectTimeout=1000&socketTimeout=1000");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW STATUS LIKE 'wsrep_%'")) {
      Map<String, String> status = new HashMap<>();
      while (rows.next()) {
        status.put(rows.getString(1), rows.getString(2));
      }
      boolean member =
          status.get("wsrep_ready").equals("ON")
              && status.get("wsrep_cluster_status").equals("Primary")
              && status.get("wsrep_local_state_comment").equals("Synced");
      return member ? Integer.parseInt(status.get("wsrep_cluster_size")) : 0;
    } catch (SQLException e) {
      return 0;
    }
  }

  Connection connect(String database) throws SQLException {
    return server.connect(database, "");
  }

  /** Waits until it has applied all that was committed before. */
  void catchUp() {
    execute("SET SESSION wsrep_sync_wait = 7; SELECT COUNT(*) FROM mysql.global_priv");
  }

  /** Whether it hears nothing of the other nodes, and they nothing of it. */
  void isolate(boolean isolated) {
    execute("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=" + (isolated ? 1 : 0) + "'");
  }

  private void execute(String sql) {
    try (Connection connection = server.connect("", "&allowMultiQueries=true");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  MariaDbProcess process() {
    return server;
  }
}
