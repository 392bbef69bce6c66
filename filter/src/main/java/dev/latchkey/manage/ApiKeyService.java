package dev.latchkey.manage;

import dev.latchkey.auth.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Does for owners what they may do with their own keys, and only with these.
 *
 * <p>A change is committed before its method returns, and then this node no longer honours what it
 * knew before. Every method throws {@link StoreException} if the database cannot answer, {@link
 * KeyOperationException} if the state of the owner's keys does not allow it, and {@link
 * InvalidValueException} if a value is not acceptable.
 *
 * <p>Latchkey implements it; methods may be added. Thread-safe.
 */
public interface ApiKeyService {
  /** Returns the limits that hold for an owner. */
  KeyPolicy policy(KeyOwner owner);

  /** Lists the owner's keys, newest first. */
  List<ApiKey> list(KeyOwner owner);

  /** Returns the owner's key with a tag; also one that was reissued, while its grace lasts. */
  ApiKey get(KeyOwner owner, String tag);

  /**
   * Makes a key: without description, with the policy's validity and with all of its owner's
   * rights, if nothing else is asked for. Where the owner's login bounds its expiry, it replaces an
   * expired key.
   */
  IssuedKey add(KeyOwner owner, KeyRequest request);

  /** Changes what is asked for. The expiry of a key that is expired cannot be changed. */
  ApiKey edit(KeyOwner owner, String tag, KeyRequest request);

  /**
   * Replaces a key by a new one, with the same description and the same scopes if no others are
   * asked for, and the policy's validity likewise. The old one works until the grace period is
   * over, but never past its own expiry; with no grace it dies at once.
   */
  IssuedKey reissue(KeyOwner owner, String tag, KeyRequest request, Duration grace);

  /** Deletes a key, and with it the one that it replaced, if that still works. */
  void delete(KeyOwner owner, String tag);

  /**
   * Lists the events of the owner's keys since the name was last deleted, newest first; with the
   * address of those that the owner brought about as a user.
   *
   * @param filter its owner does not matter
   */
  Page<AuditEvent> events(KeyOwner owner, EventFilter filter, PageRequest page);

  /** Returns the time by the clock that expiry is judged by, in whole seconds as expiries are. */
  Instant now();

  /** Returns the expiry that a key added now would get from a login that ends at an instant. */
  Instant sessionExpiry(Instant loginEndsAt);
}
