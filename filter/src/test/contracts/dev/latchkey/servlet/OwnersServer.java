package dev.latchkey.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.WebServer;
import dev.latchkey.test.WhoAmIServlet;
import jakarta.servlet.http.HttpServlet;
import java.util.Map;

/** An application without code of its own for keys: context-params name queries of its tables. */
final class OwnersServer implements AutoCloseable {
  private final WebServer server = new WebServer("/");
  private final ContextServlet context = new ContextServlet();

  OwnersServer(Map<String, String> settings) throws Exception {
    settings.forEach((name, value) -> server.withParam("latchkey." + name, value));
    server
        .with("/api/*", new ApiKeyFilter())
        .with("/api/whoami", new WhoAmIServlet("user", "admin"), Map.of())
        .with("/context", context, Map.of())
        .start();
  }

  /** Tells the application's context. */
  private static final class ContextServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
  }

  ApiKeys apiKeys() {
    return (ApiKeys) context.getServletContext().getAttribute(ApiKeys.ATTRIBUTE);
  }

  IssuedKey add(String owner) {
    return apiKeys().service().add(KeyOwner.of(owner), KeyRequest.create());
  }

  /** Uses a key. */
  Answer use(IssuedKey key) throws Exception {
    return new HttpCaller(server.uri())
        .get("api/whoami")
        .header("Authorization", "Bearer " + key.secret().reveal())
        .send();
  }

  @Override
  public void close() {
    server.close();
  }
}
