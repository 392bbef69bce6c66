package dev.latchkey.admin;

import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.IssuedKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A key as its owner and administrators see it. The secret is there once: in the answer that makes
 * the key.
 */
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
    @Nullable Set<String> scopes,
    @Nullable Instant worksUntil,
    @Nullable String key)
    implements JsonBody {

  static KeyJson of(ApiKey key, Instant now) {
    return of(key, now, null);
  }

  static KeyJson of(IssuedKey made) {
    return of(made.key(), made.key().createdAt(), made.secret().reveal());
  }

  private static KeyJson of(ApiKey key, Instant now, @Nullable String secret) {
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
        key.scopes(),
        key.retiresAt() == null ? null : worksUntil.truncatedTo(ChronoUnit.SECONDS),
        secret);
  }

  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("tag", tag);
    out.writeStringProperty("owner", owner);
    out.writeStringProperty("description", description);
    out.writeStringProperty("status", status);
    out.writeStringProperty("hint", hint);
    out.writeStringProperty("createdAt", createdAt.toString());
    out.writeStringProperty("expiresAt", expiresAt.toString());
    out.writeStringProperty("lastUsedAt", lastUsedAt == null ? null : lastUsedAt.toString());
    out.writeStringProperty("lastUsedFrom", lastUsedFrom);
    if (scopes == null) {
      out.writeNullProperty("scopes");
    } else {
      out.writeArrayPropertyStart("scopes");
      scopes.forEach(out::writeString);
      out.writeEndArray();
    }
    if (worksUntil != null) { // of a key in its grace period alone
      out.writeStringProperty("worksUntil", worksUntil.toString());
    }
    if (key != null) {
      out.writeStringProperty("key", key);
    }
    out.writeEndObject();
  }

  @Override
  public String toString() {
    return "KeyJson[" + tag + "]";
  }
}
