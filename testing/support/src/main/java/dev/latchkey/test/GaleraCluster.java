package dev.latchkey.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Three real MariaDB servers on this machine that replicate to each other synchronously, numbered
 * from 0. Each can be killed, frozen and cut off from the others. The account is that of {@link
 * MariaDbServer}.
 */
public final class GaleraCluster implements AutoCloseable {
  /** How many nodes there are. */
  public static final int SIZE = 3;

  private final List<GaleraNode> nodes;
  private final String members;

  /** A cluster that is up. */
  public GaleraCluster(MariaDbBinaries binaries) {
    nodes = Stream.generate(() -> new GaleraNode(binaries)).limit(SIZE).toList();
    members = nodes.stream().map(GaleraNode::address).collect(Collectors.joining(","));
    try {
      nodes.get(0).found(members);
      nodes.get(1).join(members);
      nodes.get(2).join(members);
      awaitSize(SIZE);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Creates an empty database, and waits until every node that is up knows it. */
  public String newDatabase() {
    List<GaleraNode> up = nodes.stream().filter(node -> node.clusterSize() > 0).toList();
    try (Connection connection = up.get(0).connect("")) {
      String name = MariaDbServer.newDatabase(connection);
      up.forEach(GaleraNode::catchUp);
      return name;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a node listens for clients. */
  public int port(int node) {
    return nodes.get(node).port();
  }

  /**
   * The URL of a database on several nodes.
   *
   * @param mode how the driver chooses among them: {@code sequential} or {@code loadbalance}
   * @param order the nodes in the order in which the URL names them
   */
  public String url(String mode, String database, int... order) {
    return IntStream.of(order)
        .mapToObj(node -> "127.0.0.1:" + port(node))
        .collect(
            Collectors.joining(
                ",", "jdbc:mariadb:" + mode + "://", "/" + database + "?sslMode=disable"));
  }

  /** A connection to a database on one node. */
  public Connection connect(int node, String database) throws SQLException {
    return nodes.get(node).connect(database);
  }

  /** Ends a node as a power cut would. */
  public void kill(int node) {
    nodes.get(node).process().kill();
  }

  /** Starts a node again while others are up, and waits until it has caught up. */
  public void restart(int killed) {
    nodes.get(killed).rejoin(members);
    nodes.get(killed).awaitMembership();
  }

  /** Starts all nodes again when none is up: none of them knows alone what was committed last. */
  public void restartAll() {
    GaleraNode newest =
        Collections.max(nodes, Comparator.comparingLong(node -> node.position(members).changes()));
    newest.foundAgain(members);
    nodes.stream().filter(node -> node != newest).forEach(node -> node.rejoin(members));
    nodes.forEach(GaleraNode::awaitMembership);
  }

  /** Cuts a node off from the others; clients still reach it. */
  public void partition(int node) {
    nodes.get(node).isolate(true);
  }

  /** Ends {@link #partition}; does not wait for the node to catch up. */
  public void heal(int node) {
    nodes.get(node).isolate(false);
  }

  /** Stops a node without ending it: it accepts connections, and never answers. */
  public void freeze(int node) {
    nodes.get(node).process().signal("STOP");
  }

  /** Ends {@link #freeze}; does not wait for the node to catch up. */
  public void thaw(int node) {
    nodes.get(node).process().signal("CONT");
  }

  /** Waits until this many nodes are a cluster, and know it, and no other node thinks it is one. */
  public void awaitSize(int size) {
    int[] expected = new int[SIZE];
    Arrays.fill(expected, SIZE - size, SIZE, size);
    Polling.until(
        () -> Arrays.equals(sizes().sorted().toArray(), expected),
        () -> "no cluster of " + size + ": " + Arrays.toString(sizes().toArray()));
  }

  private IntStream sizes() {
    return nodes.stream().mapToInt(GaleraNode::clusterSize);
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.process().kill());
    nodes.forEach(node -> node.process().delete());
  }
}
