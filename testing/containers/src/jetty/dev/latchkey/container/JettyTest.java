package dev.latchkey.container;

import ${jetty.package}.ErrorPageErrorHandler;
import ${jetty.package}.ServletContextHandler;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

class JettyTest extends ContainerContract {
  @Override
  protected Container container() {
    return new JettyContainer();
  }

  private static final class JettyContainer implements Container {
    private final Server server = new Server();

    @Override
    public URI start(String errorPage, Consumer<ServletContext> application) throws Exception {
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
      context.setContextPath("/");
      ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
      errors.addErrorPage(418, errorPage);
      context.setErrorHandler(errors);
      context.addServletContainerInitializer(
          (classes, servletContext) -> application.accept(servletContext));
      server.setHandler(context);
      server.start();
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
