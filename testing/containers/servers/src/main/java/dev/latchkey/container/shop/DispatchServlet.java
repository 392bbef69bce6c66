package dev.latchkey.container.shop;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Comes to the API in another way than by a request: its path says in which. */
public final class DispatchServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String API = "/api/caller";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String path = request.getServletPath();
    switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "async" -> request.startAsync(request, response).dispatch(API);
      case "forward" -> request.getRequestDispatcher(API).forward(request, response);
      case "include" -> request.getRequestDispatcher(API).include(request, response);
      case "gone" -> response.sendError(410);
      default -> response.sendError(418);
    }
  }
}
