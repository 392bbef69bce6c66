package dev.latchkey.admin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP/1.1 answer, and the bytes that ask for it: no client between that mends what a test says.
 */
record RawAnswer(int status, List<String> head, byte[] bytes) {

  /** Sends bytes as they are, and reads until the server closes. */
  static RawAnswer to(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return read(socket.getInputStream().readAllBytes());
    }
  }

  /**
   * Sends a request.
   *
   * @param head its first line and its header fields
   */
  static RawAnswer to(int port, byte[] body, String... head) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (String line : head) {
      request.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    request.writeBytes(
        ("Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    request.writeBytes(body);
    return to(port, request.toByteArray());
  }

  private static RawAnswer read(byte[] response) {
    ByteArrayInputStream in = new ByteArrayInputStream(response);
    List<String> head = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      head.add(line);
    }
    int status = head.isEmpty() ? 0 : Integer.parseInt(head.get(0).split(" ")[1]);
    byte[] rest = in.readAllBytes();
    return new RawAnswer(status, head, rest);
  }

  private static String line(ByteArrayInputStream in) {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /** Returns a header field's value, or an empty text. */
  String header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst()
        .orElse("");
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns the text of a member of the body, wherever it is. */
  String member(String name) {
    return text().replaceAll("(?s).*?\"" + name + "\":\"([^\"]*)\".*", "$1");
  }
}
