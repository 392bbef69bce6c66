package dev.latchkey.example;

import dev.latchkey.example.web.Responses;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page with the profile icon. */
final class HomeServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final String page = Responses.resource("home.html");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getUserPrincipal() == null) {
      Responses.seeOther(response, "/login");
    } else {
      Responses.html(
          response,
          HttpServletResponse.SC_OK,
          page.replace("{user}", Responses.escaped(request.getUserPrincipal().getName()))
              .replace("{port}", String.valueOf(request.getLocalPort())));
    }
  }
}
