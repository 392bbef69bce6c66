package dev.latchkey.example;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.example.web.Responses;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a caller whom their key stands for, by what the Servlet API says of them. */
final class WhoAmIServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private record WhoAmI(
      @Nullable String user,
      @Nullable String authType,
      @Nullable String keyTag,
      List<String> roles) {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String user = request.getRemoteUser(); // null with credentials=optional and none sent
    List<String> roles =
        user == null
            ? List.of()
            : DemoUsers.roles(user).stream().filter(request::isUserInRole).toList();
    String tag =
        request.getUserPrincipal() instanceof ApiKeyPrincipal principal ? principal.keyTag() : null;
    Responses.json(
        response, HttpServletResponse.SC_OK, new WhoAmI(user, request.getAuthType(), tag, roles));
  }
}
