package dev.latchkey.container;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;

/** The API of a deployed application: says who calls, or adds a key. */
public final class ProbeServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().equals("/add")) {
      ApiKeys apiKeys = (ApiKeys) getServletContext().getAttribute(ApiKeys.ATTRIBUTE);
      KeyOwner login = KeyOwner.of("user-" + UUID.randomUUID());
      IssuedKey made = apiKeys.service().add(login, KeyRequest.create());
      response.getWriter().print(made.secret().reveal());
    } else {
      response.getWriter().print(request.getRemoteUser());
    }
  }
}
