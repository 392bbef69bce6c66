package dev.latchkey.internal.http;

import java.util.Locale;

/** Every reason to reject a request, as an RFC 9457 problem type. Its URN follows from its name. */
public enum ProblemType {
  MISSING_KEY(401, "API key required"),
  MALFORMED_CREDENTIALS(400, "Malformed credentials"),
  INVALID_KEY(401, "Invalid API key"),
  EXPIRED_KEY(401, "Expired API key"),
  INSUFFICIENT_SCOPE(403, "Insufficient scope"),
  NOT_LOGGED_IN(401, "Not logged in"),
  LOGIN_REQUIRED(403, "Login required"),
  CROSS_SITE_REQUEST(403, "Cross-site request"),
  NOT_ADMINISTRATOR(403, "Not an administrator"),
  NOT_ISSUER(403, "Not an issuer of keys"),
  NO_SUCH_KEY(404, "No such key"),
  KEY_LIMIT_REACHED(409, "Key limit reached"),
  EXPIRED_KEY_EXISTS(409, "Expired key exists"),
  KEY_EXPIRED(409, "Key expired"),
  EXPIRY_SET_BY_SESSION(409, "Expiry set by session"),
  OWNER_DISABLED(409, "Owner disabled"),
  INVALID_REQUEST(400, "Invalid request"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  TOO_LARGE(413, "Too large"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  STORE_UNAVAILABLE(503, "API keys are not available right now");

  /** When to try again after {@link #STORE_UNAVAILABLE}, for {@code Retry-After}. */
  public static final String RETRY_AFTER_SECONDS = "5";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** Returns the status code of the answer. */
  public int status() {
    return status;
  }

  /** Returns its one title. */
  public String title() {
    return title;
  }

  /** Returns its URI. */
  public String urn() {
    return "urn:latchkey:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
