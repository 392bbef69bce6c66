package dev.latchkey.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses ports below those that systems give to outgoing connections. A port among those might be
 * taken while its server is down: by a connection elsewhere, even by one to the absent server,
 * which then talks to itself.
 */
public final class FreePorts {
  private static final int LOWEST = 10_000;
  private static final int BOUND = 32_768;
  private static final Set<Integer> CHOSEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** Returns a port that was free, and is chosen once a test run. */
  public static int choose() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (CHOSEN.add(socket.getLocalPort())) {
          return port;
        }
      } catch (BindException e) {
        // the next, then
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
