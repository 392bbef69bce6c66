package dev.latchkey.test;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An API under test: it tells its callers what the Servlet API says of them. */
public final class WhoAmIServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient JsonMapper json = JsonMapper.shared();
  private final transient List<String> roles;

  /** An API that knows some roles. */
  public WhoAmIServlet(String... roles) {
    this.roles = List.copyOf(Arrays.asList(roles));
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, @Nullable Object> caller = new LinkedHashMap<>();
    caller.put("user", request.getRemoteUser());
    caller.put("authType", request.getAuthType());
    caller.put("keyTag", request.getAttribute("dev.latchkey.tag"));
    caller.put("roles", roles.stream().filter(request::isUserInRole).toList());
    response.setContentType("application/json");
    response.getOutputStream().write(json.writeValueAsBytes(caller));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    doGet(request, response);
  }
}
