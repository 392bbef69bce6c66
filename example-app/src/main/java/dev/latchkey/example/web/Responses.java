package dev.latchkey.example.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Writes what the example's servlets answer. */
public final class Responses {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FOLDER = "/dev/latchkey/example/";

  private Responses() {}

  /** Answers with JSON. */
  public static void json(HttpServletResponse response, int status, Object value)
      throws IOException {
    write(response, status, "application/json", JSON.writeValueAsBytes(value));
  }

  /** Answers with a page. */
  public static void html(HttpServletResponse response, int status, String html)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    write(response, status, "text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  /** Leads a browser elsewhere. */
  public static void seeOther(HttpServletResponse response, String location) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", location);
  }

  /** Answers with anything. */
  public static void write(
      HttpServletResponse response, int status, String contentType, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Text as part of a page. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A file of the example's that is packed with its classes. */
  public static String resource(String name) {
    try (InputStream in = Responses.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
