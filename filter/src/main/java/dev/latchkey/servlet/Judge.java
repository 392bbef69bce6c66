package dev.latchkey.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.FilterSettings;
import dev.latchkey.KeyRequirement;
import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.internal.auth.AuthOutcome;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.Outcome;
import dev.latchkey.internal.auth.OutcomeCounters;
import dev.latchkey.internal.auth.RequestAuthenticator;
import dev.latchkey.internal.path.PathPattern;
import dev.latchkey.internal.scope.Scopes;
import dev.latchkey.internal.tracing.SpanMarker;
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
  private final RequestAuthenticator requests;
  private final Scopes scopes;
  private final OutcomeCounters outcomes;
  private final @Nullable SpanMarker spans = SpanMarker.find();
  private final FilterSettings settings;
  private final CredentialReader reader;
  private final Companion companion;
  private final List<PathPattern> excludedPaths;
  private final Rejection rejection;
  private final HttpDates dates = new HttpDates();

  Judge(ApiKeys apiKeys, FilterSettings settings, Companion companion) {
    this.requests = apiKeys.unwrap(RequestAuthenticator.class);
    this.scopes = apiKeys.unwrap(Scopes.class);
    this.outcomes = requests.outcomes();
    this.settings = settings;
    this.reader = new CredentialReader(settings);
    this.companion = companion;
    this.excludedPaths = settings.excludedPaths().stream().map(PathPattern::of).toList();
    this.rejection = new Rejection(settings.realm(), settings.acceptBasic());
  }

  /** Returns whether a request is left to the application. */
  boolean leavesAlone(HttpServletRequest request) {
    return isPreflight(request)
        || (!excludedPaths.isEmpty()
            && PathPattern.anyCovers(excludedPaths, DispatchPath.of(request))
            && NormalPath.isIn(request));
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
      return isForTheApplication(presented)
          ? anonymous()
          : authenticate(presented, forCompanion, request, response);
    }
    if (credential instanceof Malformed malformed) {
      refuseMalformed(request, response, malformed.why());
      return null;
    }
    if (forCompanion || settings.credentials() == KeyRequirement.OPTIONAL) {
      return anonymous();
    }
    outcomes.count(Outcome.MISSING_KEY);
    reject(request, response, () -> rejection.missingKey(response));
    return null;
  }

  private Decision anonymous() {
    outcomes.count(Outcome.ANONYMOUS);
    return Decision.anonymous();
  }

  /** Returns whether it is the password of one of the application's own logins. */
  private boolean isForTheApplication(Presented presented) {
    return presented.password()
        && settings.credentials() == KeyRequirement.OPTIONAL
        && !requests.hasShapeOfKey(presented.text(), presented.start());
  }

  private @Nullable Decision authenticate(
      Presented presented,
      boolean forCompanion,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AuthOutcome result =
        requests.authenticate(presented.text(), presented.start(), request::getRemoteAddr);
    if (result instanceof Granted granted) {
      ApiKeyPrincipal principal = granted.principal();
      request.setAttribute(ApiKeyFilter.OWNER_ATTRIBUTE, principal.getName());
      request.setAttribute(ApiKeyFilter.TAG_ATTRIBUTE, principal.keyTag());
      if (spans != null) {
        spans.mark(principal);
      }
      response.setHeader(
          ApiKeyFilter.EXPIRES_HEADER, dates.format(granted.effectiveExpiryMillis()));
      List<String> missing = forCompanion ? null : missingScopes(principal, request);
      if (missing != null) {
        outcomes.count(Outcome.INSUFFICIENT_SCOPE);
        reject(request, response, () -> rejection.insufficientScope(response, missing));
        return null;
      }
      return Decision.granted(principal, settings.roles(), scopes);
    }
    if (result instanceof AuthOutcome.NoKey) {
      refuseNoKey(presented, request, response);
    } else {
      reject(request, response, () -> answer(result, response));
    }
    return null;
  }

  /** Returns null if the key may do this, as every key may that is not limited. */
  private @Nullable List<String> missingScopes(
      ApiKeyPrincipal principal, HttpServletRequest request) {
    if (principal.scopes() == null) {
      return null;
    }
    return NormalPath.isIn(request)
        ? scopes.missing(
            principal,
            request.getMethod(),
            DispatchPath.servletPath(request),
            DispatchPath.pathInfo(request))
        : List.of();
  }

  private void refuseNoKey(
      Presented presented, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (presented.password() || CredentialReader.isB64Token(presented.text(), presented.start())) {
      outcomes.count(Outcome.INVALID_KEY);
      reject(request, response, () -> rejection.invalidKey(response));
    } else {
      refuseMalformed(
          request,
          response,
          "The key contains a character that no key has. Send one key, without quotes.");
    }
  }

  private void refuseMalformed(HttpServletRequest request, HttpServletResponse response, String why)
      throws IOException {
    outcomes.count(Outcome.MALFORMED_CREDENTIALS);
    reject(request, response, () -> rejection.malformed(response, why));
  }

  private void answer(AuthOutcome result, HttpServletResponse response) throws IOException {
    if (result instanceof AuthOutcome.Expired expired) {
      rejection.expiredKey(response, expired.at());
    } else if (result instanceof AuthOutcome.Unavailable) {
      rejection.storeUnavailable(response);
    } else {
      rejection.invalidKey(response);
    }
  }

  /** An answer to a request that may not pass. */
  private interface Answer {
    void write() throws IOException;
  }

  /**
   * Answers a request that may not pass. What may not pass inside a page, or after the page's
   * beginning is on its way, is left out of it: its status is not ours to set.
   */
  private static void reject(
      HttpServletRequest request, HttpServletResponse response, Answer answer) throws IOException {
    if (request.getDispatcherType() == DispatcherType.INCLUDE || response.isCommitted()) {
      return;
    }
    if (carriesBody(request)) {
      // Unread, it makes containers close the connection; a client that keeps it must know.
      response.setHeader("Connection", "close");
    }
    answer.write();
  }

  private static boolean carriesBody(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1")
        && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
  }
}
