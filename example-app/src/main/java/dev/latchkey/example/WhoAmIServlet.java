package dev.latchkey.example;

import dev.latchkey.auth.ApiKeyPrincipal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Tells a caller whom their key stands for, by what the Servlet API says of them. */
final class WhoAmIServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private record WhoAmI(String user, String authType, String keyTag, List<String> roles) {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ApiKeyPrincipal principal = (ApiKeyPrincipal) request.getUserPrincipal();
    List<String> roles =
        DemoUsers.roles(request.getRemoteUser()).stream().filter(request::isUserInRole).toList();
    Responses.json(
        response,
        HttpServletResponse.SC_OK,
        new WhoAmI(principal.getName(), request.getAuthType(), principal.keyTag(), roles));
  }
}
