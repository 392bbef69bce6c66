package dev.latchkey.servlet;

import dev.latchkey.internal.http.ProblemType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that may not pass: an RFC 9457 problem, with the challenge of RFC 6750
 * section 3. Its texts are ours alone, plain ASCII without quotes or backslashes, so that they can
 * stand in a header and in JSON as they are. What is refused in floods is made ready beforehand.
 */
final class Rejection {
  private static final byte[] MISSING_KEY =
      problem(ProblemType.MISSING_KEY, "Send an API key as: Authorization: Bearer <key>.");
  private static final byte[] INVALID_KEY =
      problem(
          ProblemType.INVALID_KEY,
          "This is not a valid API key. It may be mistyped, or have been deleted or reissued.");
  private static final byte[] STORE_UNAVAILABLE =
      problem(
          ProblemType.STORE_UNAVAILABLE,
          "This says nothing about the key. Keep it, and try again later.");

  private final String challenge;
  private final @Nullable String basicChallenge;
  private final String invalidRequest;
  private final String invalidToken;
  private final String insufficientScope;

  Rejection(String realm, boolean acceptBasic) {
    challenge = "Bearer realm=\"" + realm + "\"";
    basicChallenge = acceptBasic ? "Basic realm=\"" + realm + "\", charset=\"UTF-8\"" : null;
    invalidRequest = challenge + ", error=\"invalid_request\"";
    invalidToken = challenge + ", error=\"invalid_token\"";
    insufficientScope = challenge + ", error=\"insufficient_scope\"";
  }

  void missingKey(HttpServletResponse response) throws IOException {
    challenge(response, challenge);
    if (basicChallenge != null) { // git and Maven send nothing unasked
      response.addHeader("WWW-Authenticate", basicChallenge);
    }
    answer(response, ProblemType.MISSING_KEY, MISSING_KEY);
  }

  void malformed(HttpServletResponse response, String why) throws IOException {
    challenge(response, invalidRequest);
    ProblemType type = ProblemType.MALFORMED_CREDENTIALS;
    answer(response, type, problem(type, why));
  }

  void invalidKey(HttpServletResponse response) throws IOException {
    challenge(response, invalidToken);
    answer(response, ProblemType.INVALID_KEY, INVALID_KEY);
  }

  void expiredKey(HttpServletResponse response, Instant at) throws IOException {
    String why = "The API key expired at " + at.truncatedTo(ChronoUnit.SECONDS);
    challenge(response, invalidToken + ", error_description=\"" + why + "\"");
    ProblemType type = ProblemType.EXPIRED_KEY;
    answer(response, type, problem(type, why + ". Its owner can reissue it."));
  }

  /**
   * Answers a limited key where it lacks a scope.
   *
   * @param wouldDo the scopes any of which would do; none if no scope would
   */
  void insufficientScope(HttpServletResponse response, List<String> wouldDo) throws IOException {
    ProblemType type = ProblemType.INSUFFICIENT_SCOPE;
    if (wouldDo.isEmpty()) {
      challenge(response, insufficientScope);
      answer(response, type, problem(type, "This API key is limited, and may not do this."));
      return;
    }
    challenge(response, insufficientScope + ", scope=\"" + wouldDo.get(0) + "\"");
    String detail =
        "This API key is limited, and may not do this. Its owner can give it one of the scopes.";
    answer(response, type, problem(type, detail, wouldDo));
  }

  void storeUnavailable(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", ProblemType.RETRY_AFTER_SECONDS);
    answer(response, ProblemType.STORE_UNAVAILABLE, STORE_UNAVAILABLE);
  }

  private static void challenge(HttpServletResponse response, String challenge) {
    response.setHeader("WWW-Authenticate", challenge);
  }

  private static void answer(HttpServletResponse response, ProblemType type, byte[] body)
      throws IOException {
    response.resetBuffer(); // what a page has begun that dispatched here is not the answer
    response.setStatus(type.status());
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    ServletOutputStream out = outputStream(response);
    if (out != null) {
      response.setContentLength(body.length);
      out.write(body);
    } else {
      response.getWriter().write(new String(body, StandardCharsets.US_ASCII));
    }
  }

  /**
   * Null if the application has taken the writer before it forwarded here: there is one of both.
   */
  private static @Nullable ServletOutputStream outputStream(HttpServletResponse response)
      throws IOException {
    try {
      return response.getOutputStream();
    } catch (IllegalStateException e) {
      return null;
    }
  }

  private static byte[] problem(ProblemType type, String detail, List<String> scopes) {
    return """
        {"type":"%s","title":"%s","status":%d,"detail":"%s","scopes":["%s"]}"""
        .formatted(type.urn(), type.title(), type.status(), detail, String.join("\",\"", scopes))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] problem(ProblemType type, String detail) {
    return """
        {"type":"%s","title":"%s","status":%d,"detail":"%s"}"""
        .formatted(type.urn(), type.title(), type.status(), detail)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
