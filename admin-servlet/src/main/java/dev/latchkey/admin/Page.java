package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servlet's pages, in the language that a user likes best. Thread-safe. */
final class Page {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Set<ProblemType> REFUSALS =
      Set.of(ProblemType.NOT_LOGGED_IN, ProblemType.NOT_ADMINISTRATOR, ProblemType.NO_SUCH_KEY);

  private final Template own = Template.named("page.html");
  private final Template administration = Template.named("administration.html");
  private final Template refusal = Template.named("refusal.html");
  private final @Nullable String loginPage;
  private final @Nullable String apiUrl;
  private final Modules modules;
  private final Languages languages;

  /**
   * Creates the pages.
   *
   * @param loginPage where users log in: a path of the application, or a URL; null if it is not
   *     known
   * @param apiUrl what a page's example call calls; likewise
   */
  Page(@Nullable String loginPage, @Nullable String apiUrl, Assets assets, Languages languages) {
    this.loginPage = loginPage;
    this.apiUrl = apiUrl;
    this.modules = new Modules(assets);
    this.languages = languages;
  }

  /** Returns whether a browser asks, rather than a script. */
  static boolean isWanted(HttpServletRequest request) {
    Accept accept = Accept.of(request, "Accept");
    return accept.names("text/html") && !accept.names("application/json");
  }

  /** Returns whether a refusal has a page. */
  static boolean isOf(ProblemType refusal) {
    return REFUSALS.contains(refusal);
  }

  /** Shows users their own keys, and leads administrators to everybody's. */
  void writeOwn(HttpServletRequest request, HttpServletResponse response, boolean isAdministrator)
      throws IOException {
    String everybodys =
        "<a href=\"%s/admin\">%s</a>"
            .formatted(
                Template.escaped(Mount.path(request)),
                Template.escaped(languages.of(request).text("admin.title")));
    write(
        request,
        response,
        own,
        Assets.LIST,
        Map.of(
            "attributes", attributes(request),
            "application", Template.escaped(Mount.context(request) + "/"),
            "administration", isAdministrator ? everybodys : ""));
  }

  /** Shows administrators everybody's. */
  void writeAdministration(
      HttpServletRequest request, HttpServletResponse response, Administrator by)
      throws IOException {
    write(
        request,
        response,
        administration,
        Assets.ADMINISTRATION,
        Map.of("attributes", attributes(request) + (by.isIssuer() ? " issuer" : "")));
  }

  /** Says why there is no page, and leads one who is not logged in to where they can log in. */
  void writeRefusal(ProblemType problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Words words = languages.of(request);
    String name = "refusal." + problem.urn().substring(problem.urn().lastIndexOf(':') + 1);
    String href = problem == ProblemType.NOT_LOGGED_IN ? attribute("href", loginPage, request) : "";
    String link =
        href.isEmpty()
            ? ""
            : "<p><a" + href + ">" + Template.escaped(words.text("refusal.log-in")) + "</a></p>";
    response.setStatus(problem.status());
    write(
        request,
        response,
        refusal,
        "",
        Map.of(
            "heading", Template.escaped(words.text(name + ".title")),
            "text", Template.escaped(words.text(name + ".text")),
            "link", link));
  }

  private void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Template template,
      String element,
      Map<String, String> more)
      throws IOException {
    Words words = languages.of(request);
    String base = Template.escaped(Mount.path(request));
    Map<String, String> places = new HashMap<>(more);
    places.put("lang", words.language());
    places.put("dir", words.direction());
    places.put("base", base);
    places.put("preloads", modules.preloads(element, words, base));
    response.setHeader("Vary", "Accept, Accept-Language");
    Asset.write(
        response,
        "text/html;charset=utf-8",
        template.filled(words, places).getBytes(StandardCharsets.UTF_8));
  }

  private String attributes(HttpServletRequest request) {
    return attribute("login-page", loginPage, request)
        + attribute("api-url", apiUrl, request)
        + keysUrl(request);
  }

  /** A servlet that is mounted at {@code /*} is found at the context path only with a slash. */
  private static String keysUrl(HttpServletRequest request) {
    return request.getServletPath().isEmpty() ? attribute("keys-url", "/", request) : "";
  }

  private static String attribute(
      String name, @Nullable String location, HttpServletRequest request) {
    if (location == null) {
      return "";
    }
    String context = location.startsWith("/") ? Mount.context(request) : "";
    return " %s=\"%s\"".formatted(name, Template.escaped(context + location));
  }
}
