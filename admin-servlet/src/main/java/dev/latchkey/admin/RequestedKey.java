package dev.latchkey.admin;

import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a request asks for, checked by form. The service decides if the user may have it.
 *
 * @param request what it asks for
 * @param grace how long the old key works on
 */
record RequestedKey(KeyRequest request, Duration grace) {
  private static final String DESCRIPTION = "description";
  private static final String EXPIRES_IN_DAYS = "expiresInDays";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String SCOPES = "scopes";
  private static final String GRACE_SECONDS = "graceSeconds";

  /** The members that each call has. */
  static final Set<String> OF_ADD = Set.of(DESCRIPTION, EXPIRES_IN_DAYS, EXPIRES_AT, SCOPES);

  static final Set<String> OF_EDIT = OF_ADD;
  static final Set<String> OF_REISSUE = Set.of(EXPIRES_IN_DAYS, EXPIRES_AT, SCOPES, GRACE_SECONDS);

  /**
   * Reads a JSON object.
   *
   * @throws ProblemException that tells of everything that is wrong with it
   */
  static RequestedKey read(Map<String, @Nullable Object> body, Set<String> members) {
    Fields fields = new Fields(body, members);
    RequestedKey key = read(fields);
    fields.check();
    return key;
  }

  /** Reads what there is of a key among other members, to be checked with them. */
  static RequestedKey read(Fields fields) {
    String description = description(fields);
    Integer days =
        fields.whole(EXPIRES_IN_DAYS, Integer.MIN_VALUE, "must be a whole number of days");
    Instant until = fields.instant(EXPIRES_AT);
    KeyRequest scoped = scopes(fields);
    Integer grace = fields.whole(GRACE_SECONDS, 0, "must be a whole number of seconds, 0 or more");
    if (days != null && until != null) {
      fields.reject(EXPIRES_AT, "cannot be given together with expiresInDays");
    }
    KeyRequest request = scoped.withValidity(validity(days, until));
    return new RequestedKey(
        description == null ? request : request.withDescription(description),
        grace == null ? Duration.ZERO : Duration.ofSeconds(grace));
  }

  /** Null asks for all rights, which is something else than to say nothing. */
  private static KeyRequest scopes(Fields fields) {
    if (!fields.has(SCOPES)) {
      return KeyRequest.create();
    }
    if (fields.value(SCOPES) == null) {
      return KeyRequest.create().withAllRights();
    }
    List<String> names = fields.texts(SCOPES);
    if (names == null || new LinkedHashSet<>(names).size() < names.size()) {
      fields.reject(SCOPES, "must be null, or a list of strings, each once");
    }
    return KeyRequest.create().withScopes(names == null ? Set.of() : names);
  }

  private static Validity validity(@Nullable Integer days, @Nullable Instant until) {
    if (days != null) {
      return Validity.ofDays(days);
    }
    return until != null ? Validity.until(until) : Validity.DEFAULT;
  }

  /** RFC 7396: null takes the description away. */
  private static @Nullable String description(Fields fields) {
    return fields.has(DESCRIPTION) && fields.value(DESCRIPTION) == null
        ? ""
        : fields.text(DESCRIPTION);
  }
}
