package dev.latchkey.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An error page that is shown for a request that was never judged. It decides nothing: dispatches
 * inside it are judged as if they had come by themselves.
 */
final class ErrorPage {
  private final String path;
  private final Mapping mapping;
  private volatile boolean running;

  /**
   * A page.
   *
   * @param path where it is
   * @param mapping of the filter that shows it
   */
  ErrorPage(String path, Mapping mapping) {
    this.path = path;
    this.mapping = mapping;
  }

  void show(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    running = true;
    try {
      chain.doFilter(request, response);
    } finally {
      running = false;
    }
  }

  /**
   * Returns whether the page is at work: then an ERROR dispatch is one that it makes, since Tomcat
   * calls its forwards so. Another page, for when this one fails, is shown after it has returned.
   */
  boolean isRunning() {
    return running;
  }

  /**
   * Returns whether a later dispatch is the page again, as when it goes on asynchronously, or one
   * outside the filter's mapping that only Tomcat sends here.
   */
  boolean letsPass(HttpServletRequest request) {
    return path.equals(DispatchPath.of(request))
        || (request.getDispatcherType() == DispatcherType.ERROR && !mapping.covers(request));
  }
}
