package dev.latchkey.manage;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.ApiKey;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.RefusedException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does for owners what they may do with their own keys, and only with these.
 *
 * <p>A change is committed first and evicted from this node's cache then, both before the method
 * returns. Every method throws {@link StoreException} if the store cannot answer, {@link
 * RefusedException} if the state of things does not allow it, and {@link InvalidValueException} if
 * a value is not acceptable.
 *
 * <p>Thread-safe.
 */
public final class ApiKeyService {
  private final ApiKeyStore store;
  private final KeyGenerator generator;
  private final KeyHasher hasher;
  private final KeyParser parser;
  private final KeyPolicy policy;
  private final Clock clock;
  private final Consumer<KeyHash> evict;

  /**
   * A service over a store.
   *
   * @param evict makes this node forget what it cached of a hash
   */
  public ApiKeyService(
      ApiKeyStore store,
      KeyGenerator generator,
      KeyHasher hasher,
      KeyParser parser,
      KeyPolicy policy,
      Clock clock,
      Consumer<KeyHash> evict) {
    this.store = store;
    this.generator = generator;
    this.hasher = hasher;
    this.parser = parser;
    this.policy = policy;
    this.clock = clock;
    this.evict = evict;
  }

  /** The limits that {@link #add} keeps. */
  public KeyPolicy policy() {
    return policy;
  }

  /** The owner's keys, newest first. */
  public List<StoredKey> list(Login login) {
    return store.findByOwner(OwnerText.owner(login.owner()));
  }

  /** The owner's key with a tag; also one that was reissued, while its grace lasts. */
  public StoredKey get(Login login, String tag) {
    return store
        .find(OwnerText.owner(login.owner()), tag)
        .filter(key -> !key.isRetired(clock.instant()))
        .orElseThrow(() -> new RefusedException(Reason.NO_SUCH_KEY));
  }

  /** Makes a key. Where the login bounds its expiry, an expired key makes way by itself. */
  public NewKey add(Login login, String description, Validity validity) {
    NewKey made = make(login, checked(description), validity);
    if (store.add(made.key(), policy.maxKeysPerUser())) {
      evict.accept(made.key().hash());
      return made;
    }
    Optional<StoredKey> expired =
        list(login).stream()
            .filter(key -> key.isExpired(made.key().createdAt()))
            .min(Comparator.comparing(StoredKey::expiresAt));
    if (expired.isEmpty()) {
      throw new RefusedException(Reason.KEY_LIMIT_REACHED);
    }
    if (login.endsAt() == null) {
      throw new RefusedException(Reason.EXPIRED_KEY_EXISTS);
    }
    if (!replace(expired.get().tag(), made, null)) {
      throw new RefusedException(Reason.KEY_LIMIT_REACHED); // another add took its place
    }
    return made;
  }

  /** Changes the description, the expiry of a key that is not expired, or both. */
  public StoredKey edit(Login login, String tag, @Nullable String description, Validity validity) {
    StoredKey key = current(login, tag);
    Instant now = now();
    KeyEdit edit =
        new KeyEdit(
            description == null ? null : checked(description),
            validity.isSpecified() ? newExpiry(login, key, validity, now) : null);
    if (!store.edit(key.owner(), tag, edit, now)) {
      throw new RefusedException(Reason.NO_SUCH_KEY); // it went in the meantime
    }
    evict.accept(key.hash());
    return get(login, tag);
  }

  /** No secret gets into lists and logs, as when the wrong text is pasted. */
  private String checked(String description) {
    if (parser.isKeyIn(description)) {
      throw new InvalidValueException(
          "description", "must not contain an API key; if it is in use, reissue it");
    }
    return OwnerText.description(description);
  }

  private Instant newExpiry(Login login, StoredKey key, Validity validity, Instant now) {
    if (login.endsAt() != null) {
      throw new RefusedException(Reason.EXPIRY_SET_BY_SESSION);
    }
    if (key.isExpired(now)) {
      throw new RefusedException(Reason.KEY_EXPIRED);
    }
    return validity.expiry(now, policy);
  }

  /**
   * Replaces a key by a new one with the same description. The old one works on until the grace is
   * over, but never past its own expiry; with no grace it dies now.
   */
  public NewKey reissue(Login login, String tag, Validity validity, Duration grace) {
    StoredKey old = current(login, tag);
    NewKey made = make(login, old.description(), validity);
    Instant now = made.key().createdAt();
    boolean diesNow = grace.isZero() || old.isExpired(now);
    if (!replace(tag, made, diesNow ? null : clock.instant().plus(grace))) {
      throw new RefusedException(Reason.NO_SUCH_KEY); // another reissue, or a delete, was first
    }
    return made;
  }

  /**
   * Deletes a key, and with it the one it was reissued from, if that still works. It need not be
   * readable, so that a row that was spoilt by hand can be got rid of.
   */
  public void delete(Login login, String tag) {
    List<KeyHash> dead = store.delete(OwnerText.owner(login.owner()), tag);
    if (dead.isEmpty()) {
      throw new RefusedException(Reason.NO_SUCH_KEY);
    }
    dead.forEach(evict);
  }

  private StoredKey current(Login login, String tag) {
    StoredKey key = get(login, tag);
    if (key.retiresAt() != null) {
      throw new RefusedException(Reason.NO_SUCH_KEY);
    }
    return key;
  }

  /** The time by the clock that expiry is judged by; to the second, as expiries are. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private boolean replace(String oldTag, NewKey made, @Nullable Instant oldRetiresAt) {
    List<KeyHash> changed = store.replace(oldTag, made.key(), oldRetiresAt);
    changed.forEach(evict);
    return !changed.isEmpty();
  }

  private NewKey make(Login login, String description, Validity validity) {
    Instant now = now();
    ApiKey secret = generator.newKey();
    StoredKey key =
        StoredKey.fresh(
            hasher.hash(secret),
            generator.newTag(),
            OwnerText.owner(login.owner()),
            secret.hint(),
            description,
            now,
            expiry(login, validity, now));
    return new NewKey(key, secret);
  }

  private Instant expiry(Login login, Validity validity, Instant now) {
    if (login.endsAt() == null) {
      return validity.expiry(now, policy);
    }
    if (validity.isSpecified()) {
      throw new RefusedException(Reason.EXPIRY_SET_BY_SESSION);
    }
    Instant expiry = sessionExpiry(login.endsAt());
    if (!expiry.isAfter(now)) {
      throw new RefusedException(Reason.SESSION_ENDED);
    }
    return expiry;
  }

  /** The expiry that a key added now would get from a login that ends at an instant. */
  public Instant sessionExpiry(Instant loginEndsAt) {
    Instant latest = now().plus(Duration.ofDays(policy.maxValidityDays()));
    return (loginEndsAt.isBefore(latest) ? loginEndsAt : latest).truncatedTo(ChronoUnit.SECONDS);
  }
}
