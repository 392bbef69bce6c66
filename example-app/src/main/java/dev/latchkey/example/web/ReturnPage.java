package dev.latchkey.example.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Where a login leads: back to a page of ours, never to another's. */
public final class ReturnPage {
  private static final Set<String> PAGES = Set.of("/", "/api-keys");

  private ReturnPage() {}

  /** The page that the parameter {@code return} wishes, or the home page. */
  public static String of(HttpServletRequest request) {
    String wanted = request.getParameter("return");
    return wanted != null && PAGES.contains(wanted) ? wanted : "/";
  }
}
