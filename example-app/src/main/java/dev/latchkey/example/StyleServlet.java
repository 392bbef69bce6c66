package dev.latchkey.example;

import dev.latchkey.example.web.Responses;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The pages' style sheet. */
final class StyleServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final String sheet = Responses.resource("style.css");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.write(
        response,
        HttpServletResponse.SC_OK,
        "text/css;charset=utf-8",
        sheet.getBytes(StandardCharsets.UTF_8));
  }
}
