package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The servlet's page.
 *
 * @param loginPage where users log in: a path of the application, or a URL; null if it is not known
 * @param apiUrl what the page's example call calls; likewise
 */
record Page(@Nullable String loginPage, @Nullable String apiUrl) {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String WITH_MENU = template("page.html");
  private static final String NOT_LOGGED_IN = template("not-logged-in.html");

  private static String template(String name) {
    return new String(Asset.read(name), StandardCharsets.UTF_8);
  }

  /** Whether a browser asks, rather than a script. */
  static boolean isWanted(HttpServletRequest request) {
    Accept accept = Accept.of(request, "Accept");
    return accept.names("text/html") && !accept.names("application/json");
  }

  void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String attributes =
        attribute("login-page", loginPage, request) + attribute("api-url", apiUrl, request);
    write(request, response, WITH_MENU.replace("{attributes}", attributes));
  }

  /** Leads one who is not logged in to where they can log in. */
  void writeNotLoggedIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(ProblemType.NOT_LOGGED_IN.status());
    String href = attribute("href", loginPage, request);
    write(
        request,
        response,
        NOT_LOGGED_IN.replace("{login}", href.isEmpty() ? "Log in" : "<a" + href + ">Log in</a>"));
  }

  private static void write(HttpServletRequest request, HttpServletResponse response, String html)
      throws IOException {
    String base = escaped(Mount.path(request));
    Asset.write(
        response,
        "text/html;charset=utf-8",
        html.replace("{base}", base).getBytes(StandardCharsets.UTF_8));
  }

  private static String attribute(
      String name, @Nullable String location, HttpServletRequest request) {
    if (location == null) {
      return "";
    }
    String context = location.startsWith("/") ? Mount.context(request) : "";
    return " %s=\"%s\"".formatted(name, escaped(context + location));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
