package dev.latchkey.internal.auth;

import java.util.Locale;

/** What may become of a request that the filter judges. */
public enum Outcome {
  ACCEPTED,
  /** Let pass without a key, since the filter or the servlet allows it. */
  ANONYMOUS,
  MISSING_KEY,
  MALFORMED_CREDENTIALS,
  INVALID_KEY,
  EXPIRED_KEY,
  INSUFFICIENT_SCOPE,
  STORE_UNAVAILABLE;

  /** Returns its name in statistics; of a refusal, the last part of its problem type. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
