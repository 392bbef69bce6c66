package dev.latchkey.spring;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.internal.log.Causes;
import dev.latchkey.internal.log.OncePerMinute;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Judges once a request whether the owner of its key may use keys still, and answers if not. */
final class OwnerGate {
  private static final Logger log = System.getLogger(OwnerGate.class.getName());
  private static final String OWNER = OwnerGate.class.getName();

  private final Owners owners;
  private final String realm;
  private final OncePerMinute warnings = new OncePerMinute(System::nanoTime);

  OwnerGate(Owners owners, String realm) {
    this.owners = owners;
    this.realm = realm;
  }

  /** Returns the owner of a live key; null if the request may not pass and has been answered. */
  @Nullable Owner admit(String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute(OWNER) instanceof Owner known) {
      return known;
    }
    try {
      Owner owner = owners.of(name);
      if (owner.mayUseKeys()) {
        request.setAttribute(OWNER, owner);
        return owner;
      }
      response.setHeader(
          "WWW-Authenticate", "Bearer realm=\"" + realm + "\", error=\"invalid_token\"");
      answer(
          response,
          ProblemType.INVALID_KEY,
          "This is not a valid API key. It may be mistyped, or have been deleted or reissued.");
    } catch (StoreException e) {
      if (warnings.isDue()) {
        log.log(
            Level.WARNING,
            Causes.explain("Latchkey: users cannot be looked up, their keys get 503", e));
      }
      response.setHeader("Retry-After", ProblemType.RETRY_AFTER_SECONDS);
      answer(
          response,
          ProblemType.STORE_UNAVAILABLE,
          "This says nothing about the key. Keep it, and try again later.");
    }
    return null;
  }

  private static void answer(HttpServletResponse response, ProblemType type, String detail)
      throws IOException {
    byte[] body =
        """
        {"type":"%s","title":"%s","status":%d,"detail":"%s"}"""
            .formatted(type.urn(), type.title(), type.status(), detail)
            .getBytes(StandardCharsets.US_ASCII);
    response.resetBuffer();
    response.setStatus(type.status());
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
