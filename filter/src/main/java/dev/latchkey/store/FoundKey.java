package dev.latchkey.store;

import dev.latchkey.key.KeyHash;
import java.time.Instant;

/**
 * A key, and which state of it was found.
 *
 * @param key what is kept of it
 * @param changedAt when it last changed, as {@link ApiKeyStore#changes} tells it
 * @param ownerDisabled whether no key of its owner counts at present
 * @param readable false if there is something, but nobody can tell what, as after a change by hand:
 *     then the rest means nothing
 */
public record FoundKey(StoredKey key, Instant changedAt, boolean ownerDisabled, boolean readable) {
  /** A key that can be read. */
  public FoundKey(StoredKey key, Instant changedAt, boolean ownerDisabled) {
    this(key, changedAt, ownerDisabled, true);
  }

  /** One that cannot. */
  public static FoundKey unreadable(KeyHash hash) {
    StoredKey nothing = StoredKey.fresh(hash, "", "", "", "", Instant.EPOCH, Instant.EPOCH);
    return new FoundKey(nothing, Instant.EPOCH, true, false);
  }

  /** What to say of it. */
  public static StoreException rowIsUnreadable() {
    return new StoreException("the row of the key cannot be read", null);
  }
}
