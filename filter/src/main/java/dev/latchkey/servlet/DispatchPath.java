package dev.latchkey.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells the path of a dispatch's target in the application, decoded and without path parameters, as
 * the container has mapped it. Never the request URI, which callers write as they like.
 */
final class DispatchPath {
  private DispatchPath() {}

  static String of(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.INCLUDE
        ? join(
            (String) request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH),
            (String) request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO))
        : join(request.getServletPath(), request.getPathInfo());
  }

  private static String join(@Nullable String servletPath, @Nullable String pathInfo) {
    String path = servletPath == null ? "" : servletPath;
    return pathInfo == null ? path : path + pathInfo;
  }
}
