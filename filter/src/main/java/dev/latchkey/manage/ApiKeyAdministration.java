package dev.latchkey.manage;

import dev.latchkey.auth.StoreException;
import java.time.Duration;

/**
 * Does for the application, or its administrators, what may be done with anybody's keys. Who may
 * call it, the caller decides.
 *
 * <p>A change is committed before its method returns, and then this node no longer honours what it
 * knew before. Each writes its events in its own transaction. Every method throws {@link
 * StoreException} if the database cannot answer, {@link KeyOperationException} if the state of the
 * keys does not allow it, and {@link InvalidValueException} if a value is not acceptable.
 *
 * <p>Latchkey implements it; methods may be added. Thread-safe.
 */
public interface ApiKeyAdministration {
  /**
   * Lists keys, newest first. Keys in their grace period are listed, dead ones are not. With other
   * filters than owner, tag and hint it looks at a bounded number of keys and gives what it has
   * found, with a cursor for the rest.
   */
  Page<ApiKey> list(KeyFilter filter, PageRequest page);

  /** Returns the key with a tag. */
  ApiKey get(String tag);

  /** Makes a key for an owner, whose login does not bound it. The policy's limits hold. */
  IssuedKey add(Actor by, String owner, KeyRequest request);

  /** Does the same for a service: an owner whom the application need not know from now on. */
  IssuedKey addForService(Actor by, String owner, KeyRequest request);

  /** Changes what is asked for. The expiry of a key that is expired cannot be changed. */
  ApiKey edit(Actor by, String tag, KeyRequest request);

  /**
   * Does the same, but gives the key neither a scope more nor a longer life: throws {@link
   * KeyOperationException} for {@link KeyOperationException.Reason#WIDER_THAN_BEFORE}.
   */
  ApiKey narrow(Actor by, String tag, KeyRequest request);

  /** Replaces a key by a new one, as {@link ApiKeyService#reissue} does. */
  IssuedKey reissue(Actor by, String tag, KeyRequest request, Duration grace);

  /** Deletes a key, and with it the one that it replaced, if that still works. */
  void delete(Actor by, String tag);

  /**
   * Revokes the keys that a filter keeps, at most 10 000, in portions, each of which is one
   * transaction, and for some ten seconds: call again while there are more. Calls with an equal
   * filter go on where the one before stopped, if that was in the last ten minutes.
   *
   * @param filter at least one thing must be named
   */
  RevokedKeys revoke(Actor by, KeyFilter filter);

  /** Counts what one call of {@link #revoke} would revoke, and changes nothing. */
  RevokedKeys wouldRevoke(KeyFilter filter);

  /**
   * Revokes a key by its text, also one in its grace period, an expired one, and one of a disabled
   * owner.
   *
   * @param key the whole key; of a text that is none, nothing goes further than the parser
   */
  RevokedKeys revokeKey(Actor by, String key);

  /**
   * Does the same, for who has only the hash of the key's text.
   *
   * @param sha256 in 64 hexadecimal digits
   */
  RevokedKeys revokeHash(Actor by, String sha256);

  /** Does not revoke, but returns what {@link #revokeKey} would. */
  RevokedKeys wouldRevokeKey(String key);

  /** Does not revoke, but returns what {@link #revokeHash} would. */
  RevokedKeys wouldRevokeHash(String sha256);

  /** Returns what is kept of an owner; of a stranger that there is nothing. */
  OwnerStatus owner(String owner);

  /** Lets no key of an owner count, those of the future included. Idempotent. */
  OwnerStatus disableOwner(Actor by, String owner);

  /** Lets the owner's keys count again as they did before. Idempotent. */
  OwnerStatus enableOwner(Actor by, String owner);

  /**
   * Deletes all keys of an owner, and all else that is kept of the owner but the audit. End the
   * owner's sessions first. Idempotent.
   */
  void deleteOwner(Actor by, String owner);

  /** Lists events, newest first. */
  Page<AuditEvent> events(EventFilter filter, PageRequest page);

  /**
   * Lists events, oldest first. An event may be seen up to about a minute after its instant, so who
   * polls asks again for the last minute and drops the ids that they know.
   */
  Page<AuditEvent> eventsOldestFirst(EventFilter filter, PageRequest page);
}
