package dev.latchkey.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a path below the servlet's leads to.
 *
 * @param target what it is
 * @param tag the tag in it, or an asset's name; empty if there is neither
 */
record Route(Target target, String tag) {

  /** What there is, and the methods it takes. */
  enum Target {
    KEYS("GET", "HEAD", "POST"),
    KEY("GET", "HEAD", "PATCH", "DELETE"),
    REISSUE("POST"),
    ASSET("GET", "HEAD"),
    OPEN_API("GET", "HEAD"),
    NOTHING();

    private final List<String> methods;

    Target(String... methods) {
      this.methods = List.of(methods);
    }

    boolean takes(String method) {
      return methods.contains(method);
    }

    String allow() {
      return String.join(", ", methods) + ", OPTIONS";
    }
  }

  static final String SCRIPT_NAME = "api-key-menu.js";
  static final String STYLE_NAME = "api-key-page.css";

  static Route of(@Nullable String pathInfo) {
    String path = pathInfo == null || pathInfo.equals("/") ? "" : pathInfo.substring(1);
    String[] segments = path.split("/", -1);
    if (path.isEmpty()) {
      return new Route(Target.KEYS, "");
    }
    if (path.equals(SCRIPT_NAME) || path.equals(STYLE_NAME)) {
      return new Route(Target.ASSET, path);
    }
    if (path.equals(OpenApi.NAME)) {
      return new Route(Target.OPEN_API, "");
    }
    if (segments.length == 1) {
      return new Route(Target.KEY, segments[0]);
    }
    return segments.length == 2 && segments[1].equals("reissue")
        ? new Route(Target.REISSUE, segments[0])
        : new Route(Target.NOTHING, "");
  }
}
