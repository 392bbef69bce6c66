package dev.latchkey.container;

import ${jetty.package}.ServletContextHandler;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

class AccessLogTest extends AccessLogContract {
  @Override
  String name() {
    return "Jetty";
  }

  @Override
  LoggingContainer start(String pattern) throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setRequestLog(new CustomRequestLog(lines::add, pattern));
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    context.setContextPath("/");
    context.addServletContainerInitializer(
        (classes, servletContext) -> application(servletContext));
    server.setHandler(context);
    server.start();
    return new LoggingJetty(server, connector, lines);
  }

  private record LoggingJetty(Server server, ServerConnector connector, List<String> lines)
      implements LoggingContainer {
    @Override
    public URI uri() {
      return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    @Override
    public void close() {
      try {
        server.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
