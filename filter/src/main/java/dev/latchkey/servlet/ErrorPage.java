package dev.latchkey.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
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

  /** Shows it, or lets it go on. */
  void show(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    running = true;
    try {
      chain.doFilter(request, response);
    } finally {
      running = goesOn(request);
    }
  }

  /** A page that goes on asynchronously may dispatch from any thread, until that is complete. */
  private boolean goesOn(HttpServletRequest request) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new Watch());
        return true;
      }
    } catch (IllegalStateException e) {
      // it is complete by now
    }
    return false;
  }

  /** Notices when an asynchronous page has ended. */
  private final class Watch implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      running = false;
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      running = false;
    }

    @Override
    public void onError(AsyncEvent event) {
      running = false;
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this); // a new cycle forgets its listeners
    }
  }

  /**
   * Returns whether an ERROR dispatch is made by the page: Tomcat says so of what it forwards to.
   * Another page, for when this one fails, is shown only after it has ended.
   */
  boolean isRunning() {
    return running;
  }

  /** Returns whether a later dispatch is the page itself, which goes on asynchronously. */
  boolean isSelf(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ASYNC
        && path.equals(DispatchPath.of(request));
  }

  /** Returns whether a dispatch inside the page is none of the filter's: only Tomcat sends it. */
  boolean isForOthers(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ERROR && !mapping.covers(request, path);
  }
}
