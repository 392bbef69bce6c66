package dev.latchkey.example;

import dev.latchkey.example.web.Responses;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small JSON resource: each user's own orders, in memory. */
final class OrdersServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ORDERS = 1_000;
  private static final int MAX_BODY = 4 * 1024;

  private record Order(int id, String item, int quantity) {}

  private final transient JsonMapper json = JsonMapper.shared();
  private final transient ConcurrentMap<String, List<Order>> orders = new ConcurrentHashMap<>();

  private List<Order> orders(HttpServletRequest request) {
    String caller = Objects.requireNonNullElse(request.getRemoteUser(), "anonymous");
    return orders.computeIfAbsent(caller, user -> new CopyOnWriteArrayList<>());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Responses.json(response, HttpServletResponse.SC_OK, Map.of("orders", orders(request)));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    JsonNode body;
    try {
      body = json.readTree(request.getInputStream().readNBytes(MAX_BODY));
    } catch (JacksonException e) {
      body = json.createObjectNode();
    }
    String item = body.path("item").asString("");
    int quantity = body.path("quantity").asInt(1);
    List<Order> mine = orders(request);
    synchronized (mine) {
      if (item.isBlank() || quantity < 1 || mine.size() >= MAX_ORDERS) {
        Responses.json(
            response,
            HttpServletResponse.SC_BAD_REQUEST,
            Map.of("message", "Send {\"item\": \"lamp\", \"quantity\": 1}."));
        return;
      }
      Order order = new Order(mine.size() + 1, item, quantity);
      mine.add(order);
      Responses.json(response, HttpServletResponse.SC_CREATED, order);
    }
  }
}
