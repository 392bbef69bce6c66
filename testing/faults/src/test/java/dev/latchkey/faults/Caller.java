package dev.latchkey.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to a node that costs next to nothing, for tests that send many requests. */
final class Caller implements AutoCloseable {
  private final URI node;
  private Socket socket;
  private InputStream in;
  private String headers = "";

  Caller(URI node) {
    this.node = node;
  }

  /** The status of {@code /api/whoami} with a key. */
  int whoami(String key) throws IOException {
    return get("/api/whoami", key);
  }

  /** The status of a path. */
  int get(String path, String key) throws IOException {
    try {
      if (socket == null) {
        socket = new Socket(node.getHost(), node.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000); // not for ever
        in = new BufferedInputStream(socket.getInputStream());
      }
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer "
                      + key
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return answer();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private int answer() throws IOException {
    String status = line();
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      lines.append(lower).append('\n');
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
    }
    headers = lines.toString();
    in.skipNBytes(length);
    if (headers.contains("connection: close")) {
      close();
    }
    return Integer.parseInt(status.split(" ")[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Whether the last answer had a header. */
  boolean had(String header) {
    return !header(header).isEmpty();
  }

  /** The line of a header of the last answer. */
  String header(String name) {
    return headers
        .lines()
        .filter(line -> line.startsWith(name.toLowerCase(Locale.ROOT) + ":"))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // it is gone either way
    }
    socket = null;
  }
}
