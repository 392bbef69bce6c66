package dev.latchkey.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that may not pass: an RFC 9457 problem, with the challenge of RFC 6750
 * section 3. Its texts are ours alone, plain ASCII without quotes or backslashes, so that they can
 * stand in a header and in JSON as they are. What is refused in floods is made ready beforehand.
 */
final class Rejection {
  private static final String RETRY_AFTER_SECONDS = "5";
  private static final byte[] MISSING_KEY =
      problem(
          HttpServletResponse.SC_UNAUTHORIZED,
          "missing-key",
          "API key required",
          "Send an API key as: Authorization: Bearer <key>.");
  private static final byte[] INVALID_KEY =
      problem(
          HttpServletResponse.SC_UNAUTHORIZED,
          "invalid-key",
          "Invalid API key",
          "This is not a valid API key. It may be mistyped, or have been deleted or reissued.");
  private static final byte[] STORE_UNAVAILABLE =
      problem(
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "store-unavailable",
          "API keys are not available right now",
          "This says nothing about the key. Keep it, and try again later.");

  private final String challenge;
  private final String invalidRequest;
  private final String invalidToken;

  Rejection(String realm) {
    challenge = "Bearer realm=\"" + realm + "\"";
    invalidRequest = challenge + ", error=\"invalid_request\"";
    invalidToken = challenge + ", error=\"invalid_token\"";
  }

  void missingKey(HttpServletResponse response) throws IOException {
    unauthorized(response, challenge, MISSING_KEY);
  }

  void malformed(HttpServletResponse response, String why) throws IOException {
    response.setHeader("WWW-Authenticate", invalidRequest);
    int status = HttpServletResponse.SC_BAD_REQUEST;
    answer(
        response, status, problem(status, "malformed-credentials", "Malformed credentials", why));
  }

  void invalidKey(HttpServletResponse response) throws IOException {
    unauthorized(response, invalidToken, INVALID_KEY);
  }

  void expiredKey(HttpServletResponse response, Instant at) throws IOException {
    String why = "The API key expired at " + at.truncatedTo(ChronoUnit.SECONDS);
    unauthorized(
        response,
        invalidToken + ", error_description=\"" + why + "\"",
        problem(
            HttpServletResponse.SC_UNAUTHORIZED,
            "expired-key",
            "Expired API key",
            why + ". Its owner can reissue it."));
  }

  void storeUnavailable(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, STORE_UNAVAILABLE);
  }

  private static void unauthorized(HttpServletResponse response, String challenge, byte[] body)
      throws IOException {
    response.setHeader("WWW-Authenticate", challenge);
    answer(response, HttpServletResponse.SC_UNAUTHORIZED, body);
  }

  private static void answer(HttpServletResponse response, int status, byte[] body)
      throws IOException {
    response.resetBuffer(); // what a page has begun that dispatched here is not the answer
    response.setStatus(status);
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

  private static byte[] problem(int status, String type, String title, String detail) {
    return ("{\"type\":\"urn:latchkey:"
            + type
            + "\",\"title\":\""
            + title
            + "\",\"status\":"
            + status
            + ",\"detail\":\""
            + detail
            + "\"}")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
