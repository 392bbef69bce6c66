package dev.latchkey.spring;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hides the key of a request from Spring Security's own ways to log in, which would take it for a
 * password or token of theirs and refuse it. The application sees it again.
 */
final class HiddenCredentials extends HttpServletRequestWrapper {
  private static final String AUTHORIZATION = "Authorization";

  private volatile boolean hidden = true;

  HiddenCredentials(HttpServletRequest request) {
    super(request);
  }

  static void reveal(ServletRequest request) {
    ServletRequest next = request;
    while (next instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof HiddenCredentials credentials) {
        credentials.hidden = false;
      }
      next = wrapper.getRequest();
    }
  }

  private boolean hides(String name) {
    return hidden && AUTHORIZATION.equalsIgnoreCase(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return hides(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return hides(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = Collections.list(super.getHeaderNames());
    names.removeIf(this::hides);
    return Collections.enumeration(names);
  }
}
