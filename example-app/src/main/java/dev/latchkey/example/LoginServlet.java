package dev.latchkey.example;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Logs a demo user in, by the container's own means. */
final class LoginServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Where a login leads: back to a page of ours, never to another's. */
  private static final Set<String> PAGES = Set.of("/", "/api-keys");

  private final String page = Responses.resource("login.html");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(request, response, HttpServletResponse.SC_OK, "");
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (isLoggedIn(request, request.getParameter("username"), request.getParameter("password"))) {
      Responses.seeOther(response, pageToReturnTo(request));
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
        page.replace("{message}", message).replace("{return}", pageToReturnTo(request)));
  }

  private static String pageToReturnTo(HttpServletRequest request) {
    String wanted = request.getParameter("return");
    return wanted != null && PAGES.contains(wanted) ? wanted : "/";
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
