package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The servlet's page, and the web component that it and the application's pages use. */
final class Page {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final byte[] script = resource(Route.SCRIPT_NAME);
  private final String html = new String(resource("page.html"), StandardCharsets.UTF_8);

  private static byte[] resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a browser asks, rather than a script: RFC 9110 section 12.5.1, as far as it matters.
   */
  static boolean isWanted(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accepts(accept, "text/html") && !accepts(accept, "application/json");
  }

  private static boolean accepts(String accept, String mediaType) {
    return Arrays.stream(accept.split(","))
        .map(range -> range.toLowerCase(Locale.ROOT).replace(" ", "").split(";"))
        .anyMatch(
            range ->
                range[0].equals(mediaType)
                    && Arrays.stream(range).noneMatch(part -> part.matches("q=0(\\.0*)?")));
  }

  void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String base = escaped(request.getContextPath() + request.getServletPath());
    write(
        response,
        "text/html;charset=utf-8",
        html.replace("{base}", base).getBytes(StandardCharsets.UTF_8));
  }

  void writeScript(HttpServletResponse response) throws IOException {
    write(response, "text/javascript;charset=utf-8", script);
  }

  private static void write(HttpServletResponse response, String contentType, byte[] body)
      throws IOException {
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static String escaped(String path) {
    return path.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
