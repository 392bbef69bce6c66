package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** A file packed beside the classes; compressed once, since answers of ours are never cached. */
final class Asset {
  private final String contentType;
  private final byte[] content;
  private final byte[] gzipped;

  Asset(String name, String contentType) {
    this.contentType = contentType;
    this.content = read(name);
    this.gzipped = gzip(content);
  }

  static byte[] read(String name) {
    try (InputStream in = Asset.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean isGzipped = Accept.of(request, "Accept-Encoding").prefersCoding("gzip");
    response.setHeader("Vary", "Accept-Encoding");
    if (isGzipped) {
      response.setHeader("Content-Encoding", "gzip");
    }
    write(response, contentType, isGzipped ? gzipped : content);
  }

  static void write(HttpServletResponse response, String contentType, byte[] body)
      throws IOException {
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
