package dev.latchkey.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.FilterSettings;
import dev.latchkey.KeyRequirement;
import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.auth.AuthResult.Granted;
import dev.latchkey.path.PathPattern;
import dev.latchkey.servlet.Credential.Absent;
import dev.latchkey.servlet.Credential.Malformed;
import dev.latchkey.servlet.Credential.Presented;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges requests by the settings of one filter, and answers those that may not pass. */
final class Judge {
  private final ApiKeys apiKeys;
  private final FilterSettings settings;
  private final CredentialReader reader;
  private final Companion companion;
  private final List<PathPattern> excludedPaths;
  private final Rejection rejection;
  private final HttpDates dates = new HttpDates();

  Judge(ApiKeys apiKeys, FilterSettings settings, Companion companion) {
    this.apiKeys = apiKeys;
    this.settings = settings;
    this.reader = new CredentialReader(settings);
    this.companion = companion;
    this.excludedPaths = settings.excludedPaths().stream().map(PathPattern::of).toList();
    this.rejection = new Rejection(settings.realm());
  }

  /** Returns whether a request is left to the application. */
  boolean leavesAlone(HttpServletRequest request) {
    return isPreflight(request)
        || (!excludedPaths.isEmpty()
            && PathPattern.anyCovers(excludedPaths, DispatchPath.of(request)));
  }

  /** Fetch standard, CORS preflight: it never carries credentials, and asks nothing of the API. */
  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /** Returns the decision to let a request pass; null if it may not and has been answered. */
  @Nullable Decision judge(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean forCompanion = companion.serves(request);
    Credential credential = (forCompanion ? companion.reader() : reader).read(request);
    if (credential instanceof Presented presented) {
      return judge(presented.text(), presented.start(), request, response);
    }
    if (credential instanceof Absent
        && (forCompanion || settings.credentials() == KeyRequirement.OPTIONAL)) {
      return Decision.anonymous();
    }
    if (beginRefusal(request, response)) {
      refuse(credential, response);
    }
    return null;
  }

  private @Nullable Decision judge(
      String text, int start, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AuthResult result = apiKeys.authenticate(text, start, request::getRemoteAddr);
    if (result instanceof Granted granted) {
      ApiKeyPrincipal principal = granted.principal();
      request.setAttribute(ApiKeyFilter.OWNER_ATTRIBUTE, principal.getName());
      request.setAttribute(ApiKeyFilter.TAG_ATTRIBUTE, principal.keyTag());
      response.setHeader(ApiKeyFilter.EXPIRES_HEADER, dates.format(granted.worksUntilMillis()));
      return Decision.granted(principal, settings.ownerRoles());
    }
    if (beginRefusal(request, response)) {
      refuse(text, start, result, response);
    }
    return null;
  }

  /**
   * Returns whether the answer is ours; then a refusal must follow. What is refused inside a page,
   * or after its beginning is on its way, is left out of it: its status is not ours.
   */
  private static boolean beginRefusal(HttpServletRequest request, HttpServletResponse response) {
    if (request.getDispatcherType() == DispatcherType.INCLUDE || response.isCommitted()) {
      return false;
    }
    if (carriesBody(request)) {
      // Unread, it makes containers close the connection; a client that keeps it must know.
      response.setHeader("Connection", "close");
    }
    return true;
  }

  private void refuse(Credential credential, HttpServletResponse response) throws IOException {
    if (credential instanceof Malformed malformed) {
      rejection.malformed(response, malformed.why());
    } else {
      rejection.missingKey(response);
    }
  }

  private void refuse(String text, int start, AuthResult result, HttpServletResponse response)
      throws IOException {
    if (result instanceof AuthResult.Expired expired) {
      rejection.expiredKey(response, expired.at());
    } else if (result instanceof AuthResult.Unavailable) {
      rejection.storeUnavailable(response);
    } else if (result instanceof AuthResult.NoKey && !CredentialReader.isB64Token(text, start)) {
      rejection.malformed(
          response, "The key contains a character that no key has. Send one key, without quotes.");
    } else {
      rejection.invalidKey(response);
    }
  }

  private static boolean carriesBody(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1")
        && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
  }
}
