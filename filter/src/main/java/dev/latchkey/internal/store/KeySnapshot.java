package dev.latchkey.internal.store;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key, and which state of it was found.
 *
 * @param key what is kept of it
 * @param changedAt when it last changed, as {@link ApiKeyStore#changes} tells it
 * @param ownerDisabled whether no key of its owner counts at present
 * @param ownerIsService whether its owner is a service, whom the application need not know
 * @param readable false if its row cannot be read, as after a change by hand: then only its hash,
 *     owner and tag mean something
 */
public record KeySnapshot(
    StoredKey key,
    Instant changedAt,
    boolean ownerDisabled,
    boolean ownerIsService,
    boolean readable) {
  private static final String ROW_IS_UNREADABLE = "the row of the key cannot be read";

  /** A key that can be read, of an owner who is no service. */
  public KeySnapshot(StoredKey key, Instant changedAt, boolean ownerDisabled) {
    this(key, changedAt, ownerDisabled, false, true);
  }

  /** A key that cannot be read; by its owner and tag it can be deleted. */
  public static KeySnapshot unreadable(KeyHash hash, String owner, String tag) {
    StoredKey nothing = StoredKey.fresh(hash, tag, owner, "", "", Instant.EPOCH, Instant.EPOCH);
    return new KeySnapshot(nothing, Instant.EPOCH, true, false, false);
  }

  /** Says that a key cannot be read. */
  public static StoreException rowIsUnreadable() {
    return new StoreException(ROW_IS_UNREADABLE, null);
  }

  /** Returns whether a failure is that of {@link #rowIsUnreadable}. */
  public static boolean isRowUnreadable(@Nullable Throwable failure) {
    return failure instanceof StoreException && ROW_IS_UNREADABLE.equals(failure.getMessage());
  }
}
