package dev.latchkey.example;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.StoreException;
import dev.latchkey.example.web.Responses;
import dev.latchkey.manage.InvalidValueException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an application does when it disables an account, as far as keys go: an admin PUTs the owner
 * here, and DELETEs it to enable the owner again.
 */
final class DisabledOwnersServlet extends HttpServlet {
  static final String PATH = "/admin/disabled-owners";
  private static final long serialVersionUID = 1L;

  private final transient ApiKeys apiKeys;

  DisabledOwnersServlet(ApiKeys apiKeys) {
    this.apiKeys = apiKeys;
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    tell(apiKeys::ownerDisabled, request, response);
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    tell(apiKeys::ownerEnabled, request, response);
  }

  private static void tell(
      Consumer<String> event, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    if (!request.isUserInRole("admin")) {
      boolean anonymous = request.getUserPrincipal() == null;
      refuse(response, anonymous ? 401 : 403, "Log in as an admin.");
    } else if (path == null || path.length() < 2) {
      refuse(response, 404, "Name the owner: " + PATH + "/{owner}.");
    } else {
      try {
        event.accept(path.substring(1));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      } catch (InvalidValueException e) {
        refuse(response, 404, "Nobody can have this name.");
      } catch (StoreException e) {
        response.setHeader("Retry-After", "5");
        refuse(response, 503, "The database cannot answer right now. Try again.");
      }
    }
  }

  private static void refuse(HttpServletResponse response, int status, String message)
      throws IOException {
    Responses.json(response, status, Map.of("message", message));
  }
}
