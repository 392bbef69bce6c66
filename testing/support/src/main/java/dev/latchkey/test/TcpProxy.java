package dev.latchkey.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A way to a server that can be cut without either side being told. */
public final class TcpProxy implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerSocket listener;
  private final int target;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean cut;
  private volatile Hold hold;

  /** The answer to one question, which is held back. */
  public static final class Hold {
    private final String question;
    private final CountDownLatch isHeld = new CountDownLatch(1);
    private final CountDownLatch mayPass = new CountDownLatch(1);

    private Hold(String question) {
      this.question = question;
    }

    /** Waits until the answer has come, and is held. */
    public void awaitHeld() throws InterruptedException {
      if (!isHeld.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody asks: " + question);
      }
    }

    /** Lets it pass. */
    public void release() {
      mayPass.countDown();
    }
  }

  /** A way to a port of this machine. */
  public TcpProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on, what either side sends is lost; connections stay open. */
  public void cut() {
    cut = true;
  }

  /**
   * Holds back the answer to the next question in which a text occurs, on whatever connection; what
   * goes on elsewhere is not held.
   */
  public Hold holdAnswerTo(String question) {
    Hold next = new Hold(question);
    hold = next;
    return next;
  }

  /** What is sent from now on arrives again; what was lost stays lost. */
  public void heal() {
    cut = false;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        connect(listener.accept());
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void connect(Socket client) throws IOException {
    sockets.add(client);
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      client.close(); // nobody is there
      return;
    }
    sockets.add(server);
    AtomicReference<Hold> held = new AtomicReference<>();
    start(() -> pump(client, server, bytes -> takeHold(bytes, held)));
    start(() -> pump(server, client, bytes -> waitFor(held.getAndSet(null))));
  }

  private void takeHold(byte[] bytes, AtomicReference<Hold> held) {
    Hold next = hold;
    if (next != null && new String(bytes, StandardCharsets.ISO_8859_1).contains(next.question)) {
      hold = null;
      held.set(next);
    }
  }

  private static void waitFor(Hold held) {
    if (held != null) {
      held.isHeld.countDown();
      try {
        held.mayPass.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void pump(Socket from, Socket to, Consumer<byte[]> first) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        first.accept(Arrays.copyOf(buffer, count));
        if (!cut) {
          out.write(buffer, 0, count);
        }
      }
      to.close();
    } catch (IOException e) {
      // closed by either side
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
