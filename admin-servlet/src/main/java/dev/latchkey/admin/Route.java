package dev.latchkey.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a path below the servlet's leads to.
 *
 * @param target what it is
 * @param tag the tag in it, or an asset's name; empty if there is neither
 * @param isAdministrative whether it is for administrators
 */
record Route(Target target, String tag, boolean isAdministrative) {

  /** What there is, and the methods it takes. */
  enum Target {
    KEYS("GET", "HEAD", "POST"),
    KEY("GET", "HEAD", "PATCH", "DELETE"),
    REISSUE("POST"),
    ADMINISTRATION("GET", "HEAD"),
    REVOCATIONS("POST"),
    OWNER("GET", "HEAD", "PUT", "DELETE"),
    EVENTS("GET", "HEAD"),
    REVOKE("POST"),
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

    /** Returns whether it is there for everybody. */
    boolean needsNoLogin() {
      return this == ASSET || this == OPEN_API || this == REVOKE;
    }
  }

  private static final String ADMIN = "admin";
  private static final Map<String, Target> OF_EVERYBODY =
      Map.of(OpenApi.NAME, Target.OPEN_API, "events", Target.EVENTS, "revoke", Target.REVOKE);
  private static final Map<String, Target> OF_ADMINISTRATORS =
      Map.of(
          "revocations", Target.REVOCATIONS,
          "owner", Target.OWNER,
          "events", Target.EVENTS);

  static Route of(@Nullable String pathInfo) {
    if (pathInfo == null || pathInfo.equals("/")) {
      return own(Target.KEYS, "");
    }
    String path = pathInfo.substring(1);
    if (Assets.ELEMENTS.contains(path) || path.startsWith(Assets.FOLDER)) {
      return own(Target.ASSET, path);
    }
    List<String> segments = Arrays.asList(path.split("/", -1));
    if (segments.get(0).equals(ADMIN)) {
      return administrative(segments.subList(1, segments.size()));
    }
    Target target = segments.size() == 1 ? OF_EVERYBODY.get(segments.get(0)) : null;
    return target != null ? own(target, segments.get(0)) : ofKey(segments, false);
  }

  /** Returns whether browsers may get a page here. */
  boolean hasPage() {
    return target == Target.ADMINISTRATION || (target == Target.KEYS && !isAdministrative);
  }

  private static Route administrative(List<String> segments) {
    if (segments.isEmpty()) {
      return new Route(Target.ADMINISTRATION, "", true);
    }
    if (segments.get(0).equals("keys")) {
      return segments.size() == 1
          ? new Route(Target.KEYS, "", true)
          : ofKey(segments.subList(1, segments.size()), true);
    }
    Target target = segments.size() == 1 ? OF_ADMINISTRATORS.get(segments.get(0)) : null;
    return new Route(target == null ? Target.NOTHING : target, "", true);
  }

  private static Route ofKey(List<String> segments, boolean isAdministrative) {
    if (segments.size() == 1) {
      return new Route(Target.KEY, segments.get(0), isAdministrative);
    }
    return segments.size() == 2 && segments.get(1).equals("reissue")
        ? new Route(Target.REISSUE, segments.get(0), isAdministrative)
        : new Route(Target.NOTHING, "", isAdministrative);
  }

  private static Route own(Target target, String tag) {
    return new Route(target, tag, false);
  }
}
