package dev.latchkey.example;

import dev.latchkey.example.web.Responses;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Serves a file that the pages use. */
final class FileServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final String contentType;

  FileServlet(String name, String contentType) {
    this.text = Responses.resource(name);
    this.contentType = contentType;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.write(
        response, HttpServletResponse.SC_OK, contentType, text.getBytes(StandardCharsets.UTF_8));
  }
}
