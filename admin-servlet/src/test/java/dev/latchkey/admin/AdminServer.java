package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.servlet.ApiKeyFilter;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.WebServer;
import dev.latchkey.test.WhoAmIServlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;

/** The servlet beside an API, with the filter before both, as an application mounts them. */
final class AdminServer implements AutoCloseable {
  static final String USER = "X-User: alice";

  private final ApiKeys apiKeys;
  private final LoginSession login;
  private WebServer server = new WebServer("/");

  /** A server over an H2 of its own. */
  AdminServer() {
    this(ApiKeysConfig.builder().maxKeysPerUser(1000));
  }

  /** A server over an H2 of its own, with other settings. */
  AdminServer(ApiKeysConfig.Builder settings) {
    this(settings.jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build(), LoginSession.UNBOUNDED);
  }

  AdminServer(ApiKeysConfig config, LoginSession login) {
    this.apiKeys = ApiKeys.open(config);
    this.login = login;
  }

  /** Starts with the servlet where an application would mount it. */
  AdminServer start(Map<String, String> initParams) throws Exception {
    return start("/api-keys/*", initParams);
  }

  AdminServer start(String contextPath, String pattern, Map<String, String> initParams)
      throws Exception {
    server = new WebServer(contextPath);
    return start(pattern, initParams);
  }

  private AdminServer start(String pattern, Map<String, String> initParams) throws Exception {
    ApiKeyFilter filter = new ApiKeyFilter(apiKeys);
    server
        .with("/*", new HeaderLogin())
        .with("/api/*", filter)
        .with(pattern, filter)
        .with("/api/whoami", new WhoAmIServlet(), Map.of())
        .with(pattern, new ApiKeyAdminServlet(apiKeys, login), initParams);
    server.connector().addConnectionFactory(new HTTP2CServerConnectionFactory(server.http()));
    try {
      server.start();
    } catch (Exception e) {
      apiKeys.close();
      throw e;
    }
    return this;
  }

  HttpConfiguration http() {
    return server.http();
  }

  int port() {
    return server.port();
  }

  HttpCaller caller() {
    return new HttpCaller(server.uri());
  }

  void forget(String owner) {
    apiKeys.ownerDeleted(owner);
  }

  /** Sends a request whose first lines a test gives, Host among them. */
  RawAnswer send(String body, String... head) throws IOException {
    return RawAnswer.to(port(), body.getBytes(StandardCharsets.UTF_8), head);
  }

  /** Sends JSON as the application's own page would. */
  RawAnswer json(String method, String path, byte[] body) throws IOException {
    return RawAnswer.to(
        port(),
        body,
        method + " " + path + " HTTP/1.1",
        "Host: 127.0.0.1",
        USER,
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/json");
  }

  RawAnswer json(String method, String path, String body) throws IOException {
    return json(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  RawAnswer get(String path, String... more) throws IOException {
    String[] head = {"GET " + path + " HTTP/1.1", "Host: 127.0.0.1", USER};
    return send("", Stream.concat(Arrays.stream(head), Arrays.stream(more)).toArray(String[]::new));
  }

  @Override
  public void close() {
    server.close();
    apiKeys.close();
  }
}
