package dev.latchkey.container;

import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.function.Consumer;

/** A servlet container in this process, on a free port of 127.0.0.1. */
public interface Container extends AutoCloseable {
  /**
   * Starts it with one application at the root.
   *
   * @param errorPage the path that errors are dispatched to
   * @param application adds the application's filters and servlets
   * @return where it serves, with a slash at the end
   * @throws Exception if the application does not start
   */
  URI start(String errorPage, Consumer<ServletContext> application) throws Exception;

  @Override
  void close();
}
