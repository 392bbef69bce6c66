package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * One request on its way through the servlet.
 *
 * @param route what it is about
 * @param body what it says
 * @param response where its answer goes
 */
record Exchange(
    Route route, HttpServletRequest request, RequestBody body, HttpServletResponse response) {

  String method() {
    return request.getMethod();
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  /** Returns whether it changes nothing. */
  boolean isRead() {
    return method().equals("GET") || isHead();
  }

  /** Returns whether a browser asks for a page, rather than a script for data. */
  boolean isForPage() {
    return route.hasPage() && isRead() && Page.isWanted(request);
  }

  /** Returns where it comes from, if the container knows. */
  Optional<String> address() {
    return Optional.ofNullable(request.getRemoteAddr()).filter(address -> !address.isEmpty());
  }

  @Override
  public String toString() {
    return "Exchange[" + method() + " " + route + "]"; // a body may hold a key
  }
}
