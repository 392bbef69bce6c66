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
    return servletPath(request) + pathInfo(request);
  }

  /** Returns the first part of the path, by which the container chose the target. */
  static String servletPath(HttpServletRequest request) {
    return orEmpty(
        isInclude(request)
            ? (String) request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH)
            : request.getServletPath());
  }

  /** Returns the rest of the path. */
  static String pathInfo(HttpServletRequest request) {
    return orEmpty(
        isInclude(request)
            ? (String) request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)
            : request.getPathInfo());
  }

  private static boolean isInclude(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.INCLUDE;
  }

  private static String orEmpty(@Nullable String part) {
    return part == null ? "" : part;
  }
}
