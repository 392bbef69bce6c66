package dev.latchkey.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The answer to a request that may not pass: an RFC 9457 problem, with the challenge of RFC 6750
 * section 3. Its texts are ours alone, plain ASCII without quotes or backslashes, so that they can
 * stand in a header and in JSON as they are.
 */
final class Rejection {
  private static final String RETRY_AFTER_SECONDS = "5";

  private final String realm;

  Rejection(String realm) {
    this.realm = realm;
  }

  void missingKey(HttpServletResponse response) throws IOException {
    challenge(response, "");
    problem(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "missing-key",
        "API key required",
        "Send an API key as: Authorization: Bearer <key>.");
  }

  void malformed(HttpServletResponse response, String why) throws IOException {
    challenge(response, ", error=\"invalid_request\"");
    problem(
        response,
        HttpServletResponse.SC_BAD_REQUEST,
        "malformed-credentials",
        "Malformed credentials",
        why);
  }

  void invalidKey(HttpServletResponse response) throws IOException {
    challenge(response, ", error=\"invalid_token\"");
    problem(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "invalid-key",
        "Invalid API key",
        "This is not a valid API key. It may be mistyped, or have been deleted or reissued.");
  }

  void expiredKey(HttpServletResponse response, Instant at) throws IOException {
    String why = "The API key expired at " + at.truncatedTo(ChronoUnit.SECONDS);
    challenge(response, ", error=\"invalid_token\", error_description=\"" + why + "\"");
    problem(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "expired-key",
        "Expired API key",
        why + ". Its owner can reissue it.");
  }

  void storeUnavailable(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    problem(
        response,
        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        "store-unavailable",
        "API keys cannot be checked right now",
        "This says nothing about the key. Keep it, and try again later.");
  }

  private void challenge(HttpServletResponse response, String parameters) {
    response.setHeader("WWW-Authenticate", "Bearer realm=\"" + realm + "\"" + parameters);
  }

  private static void problem(
      HttpServletResponse response, int status, String type, String title, String detail)
      throws IOException {
    byte[] body =
        """
        {"type":"urn:latchkey:%s","title":"%s","status":%d,"detail":"%s"}"""
            .formatted(type, title, status, detail)
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
