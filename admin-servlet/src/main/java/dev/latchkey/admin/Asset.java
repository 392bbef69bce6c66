package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that browsers may keep, as long as they ask whether it is still the same. It is compressed
 * once.
 */
final class Asset {
  private final String contentType;
  private final byte[] content;
  private final byte[] gzipped;
  private final String digest;

  Asset(String contentType, byte[] content) {
    this.contentType = contentType;
    this.content = content;
    this.gzipped = gzip(content);
    this.digest = digest(content);
  }

  /** Reads a file packed beside the classes. */
  static byte[] read(String name) {
    byte[] content = readIfThere(name);
    if (content == null) {
      throw new IllegalStateException(name + " is missing from the jar");
    }
    return content;
  }

  /** Reads a file packed beside the classes, or returns null. */
  static byte @Nullable [] readIfThere(String name) {
    try (InputStream in = Asset.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
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

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  byte[] content() {
    return content.clone();
  }

  /** Returns how many bytes most browsers get. */
  int compressedLength() {
    return gzipped.length;
  }

  /** Answers with it, or with 304 to a browser that has the same already. */
  void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean isGzipped = Accept.of(request, "Accept-Encoding").prefersCoding("gzip");
    // A strong validator names bytes: what is compressed has another than what is not.
    String tag = '"' + digest + (isGzipped ? "-gzip" : "") + '"';
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", tag);
    response.setHeader("Vary", "Accept-Encoding");
    if (EntityTags.match(request, tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
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
