package dev.latchkey.internal.store;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.KeySecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Keys to test with. */
public final class Keys {
  /** Who makes changes in tests that are about something else. */
  public static final Actor BY = Actor.application();

  public static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
  public static final Instant LATER = NOW.plusSeconds(86_400);

  private static final KeyGenerator GENERATOR =
      new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
  private static final KeyHasher HASHER = new KeyHasher();

  private Keys() {}

  public static KeySecret secret() {
    return GENERATOR.newKey();
  }

  public static StoredKey of(String owner) {
    return of(owner, NOW, LATER);
  }

  public static StoredKey of(String owner, Instant createdAt, Instant expiresAt) {
    KeySecret secret = secret();
    return StoredKey.fresh(
        HASHER.hash(secret),
        GENERATOR.newTag(),
        owner,
        secret.hint(),
        "nightly export",
        createdAt,
        expiresAt);
  }

  /** What a store has of one hash. */
  public static Optional<KeySnapshot> find(ApiKeyStore store, KeyHash hash) {
    return Optional.ofNullable(store.findByHashes(Set.of(hash)).get(hash));
  }

  public static StoredKey withDescription(StoredKey key, String description) {
    return StoredKey.fresh(
        key.hash(),
        key.tag(),
        key.owner(),
        key.hint(),
        description,
        key.createdAt(),
        key.expiresAt());
  }
}
