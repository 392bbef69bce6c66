package dev.latchkey.example.saml;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.example.web.Responses;
import dev.latchkey.example.web.ReturnPage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service provider's three addresses: {@code login} asks the identity provider, {@code acs}
 * takes its answer, {@code metadata} tells it who we are.
 *
 * <p>Each question may be answered once, in time, and by the browser that asked it. That browser
 * holds the question in a cookie that, unlike the session's, comes along when the identity
 * provider's page posts the answer from its own site.
 */
final class SamlServlet extends HttpServlet {
  /** Where it is mounted. */
  static final String PATH = "/saml";

  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(SamlServlet.class);
  private static final String COOKIE = "saml_question";
  private static final Duration TIME_TO_ANSWER = Duration.ofMinutes(10);
  private static final int MAX_QUESTIONS = 10_000;

  private final transient ServiceProvider serviceProvider;
  private final transient Supplier<Instant> now;

  /** The page that each open question leads back to. */
  private final transient Cache<String, String> questions =
      Caffeine.newBuilder().maximumSize(MAX_QUESTIONS).expireAfterWrite(TIME_TO_ANSWER).build();

  private final String refused = Responses.resource("saml/refused.html");

  /**
   * A servlet.
   *
   * @param base where the example is reached
   * @param now the time by which logins end
   * @throws IllegalArgumentException naming the option that is wrong
   */
  SamlServlet(SamlOptions options, URI base, Supplier<Instant> now) {
    this.serviceProvider = new ServiceProvider(options, base);
    this.now = now;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (Objects.requireNonNullElse(request.getPathInfo(), "")) {
      case "/login" -> ask(request, response);
      case "/metadata" -> writeMetadata(response);
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!"/acs".equals(request.getPathInfo())) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    // Read in any case: a body left unread costs the browser its connection.
    String answer = request.getParameter("SAMLResponse");
    try {
      String question = askedBy(request);
      SamlLogin login = serviceProvider.answer(answer, question, now.get());
      String page = questions.asMap().remove(question);
      if (page == null) {
        throw new SamlException("the question was answered before");
      }
      logIn(request, login);
      response.addCookie(cookie("", Duration.ZERO));
      Responses.seeOther(response, page);
    } catch (SamlException e) {
      log.warn("A SAML login was refused: {}", e.getMessage());
      Responses.html(response, HttpServletResponse.SC_UNAUTHORIZED, refused);
    }
  }

  private void ask(HttpServletRequest request, HttpServletResponse response) {
    ServiceProvider.Question question = serviceProvider.question();
    questions.put(question.id(), ReturnPage.of(request));
    response.addCookie(cookie(question.id(), TIME_TO_ANSWER));
    response.setHeader("Cache-Control", "no-store");
    Responses.seeOther(response, question.url());
  }

  private static Cookie cookie(String value, Duration maxAge) {
    Cookie cookie = new Cookie(COOKIE, value);
    cookie.setPath(PATH);
    cookie.setHttpOnly(true);
    cookie.setMaxAge((int) maxAge.toSeconds());
    cookie.setSecure(true); // browsers demand it of SameSite=None; loopback counts as secure
    cookie.setAttribute("SameSite", "None");
    return cookie;
  }

  private String askedBy(HttpServletRequest request) throws SamlException {
    @Nullable Cookie[] cookies = request.getCookies();
    return Arrays.stream(cookies == null ? new Cookie[0] : cookies)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .filter(question -> questions.getIfPresent(question) != null)
        .findFirst()
        .orElseThrow(() -> new SamlException("this browser has no question open"));
  }

  /** In a session of its own: what went before is not the user's. */
  private static void logIn(HttpServletRequest request, SamlLogin login) {
    HttpSession before = request.getSession(false);
    if (before != null) {
      before.invalidate();
    }
    request.getSession(true).setAttribute(SamlLogin.ATTRIBUTE, login);
  }

  private void writeMetadata(HttpServletResponse response) throws IOException, ServletException {
    try {
      Responses.write(
          response,
          HttpServletResponse.SC_OK,
          "application/samlmetadata+xml",
          serviceProvider.metadata().getBytes(StandardCharsets.UTF_8));
    } catch (CertificateEncodingException e) {
      throw new ServletException(e);
    }
  }
}
