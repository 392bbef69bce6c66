package dev.latchkey.test;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee9.servlet.FilterHolder;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * An application in a Jetty of this process, on a free port of 127.0.0.1. Whoever uses it has
 * {@code jetty-ee9-servlet} among its own dependencies of tests: applications bring other
 * containers.
 */
public final class WebServer implements AutoCloseable {
  private final HttpConfiguration http = new HttpConfiguration();
  private final Server server = new Server();
  private final ServerConnector connector =
      new ServerConnector(server, new HttpConnectionFactory(http));
  private final ServletContextHandler context = new ServletContextHandler();

  /** An application that is not started yet. */
  public WebServer(String contextPath) {
    context.setContextPath(contextPath);
  }

  /** Adds a filter for every type of dispatch, behind those that are there. */
  public WebServer with(String pattern, Filter filter) {
    context.addFilter(new FilterHolder(filter), pattern, EnumSet.allOf(DispatcherType.class));
    return this;
  }

  /** Adds a servlet, to be started with the application. */
  public WebServer with(String pattern, Servlet servlet, Map<String, String> initParams) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setInitParameters(initParams);
    holder.setInitOrder(0);
    context.addServlet(holder, pattern);
    return this;
  }

  /** Sets a context-param. */
  public WebServer withParam(String name, String value) {
    context.setInitParameter(name, value);
    return this;
  }

  /** Returns how it speaks HTTP. */
  public HttpConfiguration http() {
    return http;
  }

  /** Returns where it listens, for protocols besides HTTP/1.1. */
  public ServerConnector connector() {
    return connector;
  }

  /** Starts it; if that fails, nothing is left of it. */
  public WebServer start() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw e;
    }
    return this;
  }

  /** Returns the port. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Returns where the application is, with a slash at the end. */
  public URI uri() {
    String path = context.getContextPath();
    return URI.create("http://127.0.0.1:" + port() + (path.equals("/") ? path : path + "/"));
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
