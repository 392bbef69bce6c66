package dev.latchkey.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.manage.NewKey;
import dev.latchkey.store.StoredKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A key as its owner sees it. The secret is there once: in the answer that makes the key. */
record KeyJson(
    String tag,
    String owner,
    String description,
    String status,
    String hint,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedFrom,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

  static KeyJson of(StoredKey key, Instant now) {
    return of(key, now, null);
  }

  static KeyJson of(NewKey made) {
    return of(made.key(), made.key().createdAt(), made.secret().reveal());
  }

  private static KeyJson of(StoredKey key, Instant now, @Nullable String secret) {
    Instant worksUntil = key.worksUntil();
    return new KeyJson(
        key.tag(),
        key.owner(),
        key.description(),
        now.isBefore(worksUntil) ? "active" : "expired",
        key.hint(),
        key.createdAt(),
        worksUntil.truncatedTo(ChronoUnit.SECONDS),
        key.lastUsedAt(),
        key.lastUsedFrom(),
        secret);
  }

  @Override
  public String toString() {
    return "KeyJson[" + tag + "]";
  }
}
