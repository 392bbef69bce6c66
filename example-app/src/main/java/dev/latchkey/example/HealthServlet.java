package dev.latchkey.example;

import dev.latchkey.example.web.Responses;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Says that the example serves, and whether its keys can be told apart now. An outage of the
 * database is nothing that a restart would mend, so the status is 200 all the same.
 */
final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient BooleanSupplier keysUp;

  HealthServlet(BooleanSupplier keysUp) {
    this.keysUp = keysUp;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.json(
        response,
        HttpServletResponse.SC_OK,
        Map.of("status", "up", "keys", keysUp.getAsBoolean() ? "up" : "down"));
  }
}
