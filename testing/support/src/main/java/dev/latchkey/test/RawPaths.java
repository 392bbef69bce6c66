package dev.latchkey.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Sends paths as they are, on one connection with one key, which clients do not. */
public final class RawPaths implements AutoCloseable {
  private static final List<String> PIECES =
      List.of(
          "/",
          "//",
          "/.",
          "/./",
          "/..",
          "/../",
          "orders/../",
          "orders;/../",
          "x/../",
          ";",
          ";x=1",
          ";/../",
          "%2e",
          "%2E%2e",
          "%2f",
          "%2F",
          "%5c",
          "\\",
          "%00",
          "%252e",
          "%252f",
          "%c0%ae",
          "%3b",
          "%3B",
          ";jsessionid=1",
          "?",
          "?/api/open",
          "#",
          "#/api/open",
          "%20",
          "%09",
          "%0a",
          "+",
          "*",
          "open",
          "orders",
          "api",
          "%61pi",
          "%6fpen",
          "o%72ders",
          ".txt",
          "%e2%80%ae",
          ":",
          "@",
          "&",
          "=",
          "%",
          "%u002e",
          "..;",
          "/..;/",
          "....");

  private final int port;
  private final String key;
  private Socket socket;
  private InputStream in;

  /**
   * Connects to a server on this machine.
   *
   * @param key empty for none
   */
  public RawPaths(int port, String key) throws IOException {
    this.port = port;
    this.key = key;
    connect();
  }

  /** Returns a path with one to three mutations of the kind that are tried on rules. */
  public static String mutated(String seed, Random random) {
    StringBuilder path = new StringBuilder(seed);
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(path.length() + 1);
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      switch (random.nextInt(6)) {
        case 0 -> path.insert(at, (char) ('!' + random.nextInt('~' - '!')));
        case 1 -> path.delete(at, Math.min(path.length(), at + 1 + random.nextInt(3)));
        case 2 -> {
          String rest = path.substring(at);
          path.setLength(at);
          path.append(random.nextBoolean() ? rest.toUpperCase(Locale.ROOT) : rest + rest);
        }
        default -> path.insert(at, piece);
      }
    }
    return path.isEmpty() || path.charAt(0) != '/' ? "/" + path : path.toString();
  }

  private void connect() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Goes on with a new connection. */
  public void reconnect() throws IOException {
    socket.close();
    connect();
  }

  /** Returns the status and the body; nothing of what the server takes for no request. */
  public String get(String path) throws IOException {
    try {
      return send(path);
    } catch (EOFException e) {
      reconnect();
      return "";
    }
  }

  private String send(String path) throws IOException {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + (key.isEmpty() ? "" : "X-API-Key: " + key + "\r\n")
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    String status = line();
    int length = 0;
    boolean closes = false;
    boolean isChunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
      isChunked |= lower.equals("transfer-encoding: chunked");
      closes |= lower.equals("connection: close");
    }
    String body = isChunked ? chunks() : new String(in.readNBytes(length), ISO_8859_1);
    if (closes) {
      reconnect();
    }
    return status.split(" ", 3)[1] + " " + body;
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      body.append(new String(in.readNBytes(length), ISO_8859_1));
      line();
    }
    line();
    return body.toString();
  }

  private int chunkLength() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server has closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
