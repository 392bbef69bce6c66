package dev.latchkey.example;

import dev.latchkey.example.web.Responses;
import dev.latchkey.example.web.ReturnPage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Logs a demo user in, by the container's own means. */
final class LoginServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final String page;

  /** A servlet. {@code alternative} is another way to log in, as HTML; it may be empty. */
  LoginServlet(String alternative) {
    page = Responses.resource("login.html").replace("{alternative}", alternative);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(request, response, HttpServletResponse.SC_OK, "");
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (isLoggedIn(request, request.getParameter("username"), request.getParameter("password"))) {
      Responses.seeOther(response, ReturnPage.of(request));
    } else {
      write(
          request,
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          "User name or password is wrong.");
    }
  }

  private void write(
      HttpServletRequest request, HttpServletResponse response, int status, String message)
      throws IOException {
    Responses.html(
        response,
        status,
        page.replace("{message}", message).replace("{return}", ReturnPage.of(request)));
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
