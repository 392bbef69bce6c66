package dev.latchkey.example;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Logs a demo user in, by the container's own means. */
final class LoginServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final String page = Responses.resource("login.html");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.html(response, HttpServletResponse.SC_OK, page.replace("{message}", ""));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (isLoggedIn(request, request.getParameter("username"), request.getParameter("password"))) {
      Responses.seeOther(response, "/");
    } else {
      Responses.html(
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          page.replace("{message}", "User name or password is wrong."));
    }
  }

  private static boolean isLoggedIn(
      HttpServletRequest request, @Nullable String username, @Nullable String password)
      throws ServletException {
    if (username == null || password == null || request.getQueryString() != null) {
      return false;
    }
    if (request.getUserPrincipal() != null) {
      request.logout();
    }
    try {
      request.login(username, password);
      return true;
    } catch (ServletException e) {
      return false;
    }
  }
}
