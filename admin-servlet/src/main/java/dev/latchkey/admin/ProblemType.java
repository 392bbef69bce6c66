package dev.latchkey.admin;

import java.util.Locale;

/** The kinds of refusal, as RFC 9457 problem types. */
enum ProblemType {
  NOT_LOGGED_IN(401, "Not logged in"),
  LOGIN_REQUIRED(403, "Login required"),
  CROSS_SITE_REQUEST(403, "Cross-site request"),
  NO_SUCH_KEY(404, "No such key"),
  KEY_LIMIT_REACHED(409, "Key limit reached"),
  EXPIRED_KEY_EXISTS(409, "Expired key exists"),
  KEY_EXPIRED(409, "Key expired"),
  EXPIRY_SET_BY_SESSION(409, "Expiry set by session"),
  INVALID_REQUEST(400, "Invalid request"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  TOO_LARGE(413, "Too large"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  STORE_UNAVAILABLE(503, "API keys are not available right now");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String urn() {
    return "urn:latchkey:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
