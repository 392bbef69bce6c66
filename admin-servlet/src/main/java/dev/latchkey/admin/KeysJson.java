package dev.latchkey.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.manage.KeyPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An owner's keys, and what the owner may do about them. */
record KeysJson(List<KeyJson> keys, PolicyJson policy) {

  /** How many keys, and how their validity comes about. */
  record PolicyJson(int maxKeys, ValidityJson validity) {}

  /** Either chosen up to a limit, or set by the login's session. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ValidityJson(
      String mode,
      @Nullable Integer defaultDays,
      @Nullable Integer maxDays,
      @Nullable Instant expiresAt) {

    static ValidityJson chosen(KeyPolicy policy) {
      return new ValidityJson(
          "choose", policy.defaultValidityDays(), policy.maxValidityDays(), null);
    }

    static ValidityJson setBySession(Instant expiresAt) {
      return new ValidityJson("session", null, null, expiresAt);
    }
  }
}
