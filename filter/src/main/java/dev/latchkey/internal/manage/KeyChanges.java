package dev.latchkey.internal.manage;

import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Changed;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeyEdit.NewScopes;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.KeySecret;
import dev.latchkey.manage.Validity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes the keys of one owner, for the owner or for an administrator. A change is
 * committed first; then comes its {@link Aftermath}; then the method returns.
 *
 * <p>Thread-safe.
 */
public final class KeyChanges {
  private final ApiKeyStore store;
  private final KeyGenerator generator;
  private final KeyHasher hasher;
  private final FreeText texts;
  private final KeyLimits limits;
  private final ScopeGrants grants;
  private final Clock clock;
  private final Aftermath aftermath;

  /** Creates them over a store. */
  public KeyChanges(
      ApiKeyStore store,
      KeyGenerator generator,
      KeyHasher hasher,
      KeyParser parser,
      KeyLimits limits,
      ScopeGrants grants,
      Clock clock,
      Aftermath aftermath) {
    this.store = store;
    this.generator = generator;
    this.hasher = hasher;
    this.texts = new FreeText(parser);
    this.limits = limits;
    this.grants = grants;
    this.clock = clock;
    this.aftermath = aftermath;
  }

  /** A new key, as it is to be stored and shown. */
  private record Made(StoredKey key, KeySecret secret) {
    IssuedKey issued() {
      return new IssuedKey(key, secret);
    }
  }

  KeyLimits limits() {
    return limits;
  }

  OwnerPolicy policy(String owner) {
    return new OwnerPolicy(limits, grants.of(owner));
  }

  /** Returns who acts, checked. */
  Actor checked(Actor by) {
    return texts.actor(by);
  }

  /** Returns the owner whom an administrator names. */
  KeyOwner named(String owner) {
    return KeyOwner.of(texts.owner(owner));
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  Instant sessionExpiry(Instant loginEndsAt) {
    Instant latest = now().plus(Duration.ofDays(limits.maxValidityDays()));
    return (loginEndsAt.isBefore(latest) ? loginEndsAt : latest).truncatedTo(ChronoUnit.SECONDS);
  }

  List<StoredKey> list(KeyOwner owner) {
    return store.findByOwner(InputValidation.owner(owner.name()));
  }

  StoredKey find(KeyOwner owner, String tag) {
    return store
        .find(InputValidation.owner(owner.name()), tag)
        .filter(key -> !key.isRetired(clock.instant()))
        .orElseThrow(() -> new KeyOperationException(Reason.NO_SUCH_KEY));
  }

  private StoredKey current(KeyOwner owner, String tag) {
    StoredKey key = find(owner, tag);
    if (key.retiresAt() != null) {
      throw new KeyOperationException(Reason.NO_SUCH_KEY);
    }
    return key;
  }

  IssuedKey add(KeyOwner owner, KeyRequest request, boolean asService, Actor by) {
    InputValidation.owner(owner.name()); // before anybody is asked about it
    Made made =
        make(
            owner,
            texts.description(request.description().orElse("")),
            request.validity(),
            grants.checked(owner.name(), request.scopes()));
    if (isIn(aftermath.of(store.add(made.key(), limits.maxKeysPerUser(), asService, by)), made)) {
      return made.issued();
    }
    Optional<StoredKey> expired =
        list(owner).stream()
            .filter(key -> key.isExpired(made.key().createdAt()))
            .min(Comparator.comparing(StoredKey::expiresAt));
    if (expired.isEmpty()) {
      throw new KeyOperationException(Reason.KEY_LIMIT_REACHED);
    }
    if (owner.loginEndsAt().isEmpty()) {
      throw new KeyOperationException(Reason.EXPIRED_KEY_EXISTS);
    }
    return orElse(
        Reason.KEY_LIMIT_REACHED, // another add took its place
        store.addInPlaceOf(expired.get().tag(), made.key(), by),
        made);
  }

  /** A change may have cleared away something, and made no key. */
  private static boolean isIn(Changed changed, Made made) {
    return changed.hashes().contains(made.key().hash());
  }

  private IssuedKey orElse(Reason otherwise, Changed changed, Made made) {
    if (!isIn(aftermath.of(changed), made)) {
      throw new KeyOperationException(otherwise);
    }
    return made.issued();
  }

  /**
   * Changes what is asked for.
   *
   * @param narrowOnly whether it must give the key neither a scope more nor a longer life
   */
  ApiKey edit(KeyOwner owner, String tag, KeyRequest request, boolean narrowOnly, Actor by) {
    StoredKey key = current(owner, tag);
    Instant now = now();
    Validity validity = request.validity();
    KeyEdit edit =
        new KeyEdit(
            request.description().map(texts::description).orElse(null),
            validity.isDefault() ? null : newExpiry(owner, key, validity, now),
            request.setsScopes()
                ? new NewScopes(grants.checked(owner.name(), request.scopes()))
                : null,
            narrowOnly);
    if (aftermath.of(store.edit(key.owner(), tag, edit, now, by)).isEmpty()) {
      throw new KeyOperationException(Reason.NO_SUCH_KEY); // it went in the meantime
    }
    return find(owner, tag);
  }

  private Instant newExpiry(KeyOwner owner, StoredKey key, Validity validity, Instant now) {
    if (owner.loginEndsAt().isPresent()) {
      throw new KeyOperationException(Reason.EXPIRY_SET_BY_SESSION);
    }
    if (key.isExpired(now)) {
      throw new KeyOperationException(Reason.KEY_EXPIRED);
    }
    return limits.expiry(validity, now);
  }

  IssuedKey reissue(KeyOwner owner, String tag, KeyRequest request, Duration grace, Actor by) {
    StoredKey old = current(owner, tag);
    Made made =
        make(
            owner,
            request.description().map(texts::description).orElse(old.description()),
            request.validity(),
            request.setsScopes() ? grants.checked(owner.name(), request.scopes()) : old.scopes());
    Instant now = made.key().createdAt();
    boolean diesNow = grace.isZero() || old.isExpired(now);
    return orElse(
        Reason.NO_SUCH_KEY, // another reissue or delete was first
        store.reissue(tag, made.key(), diesNow ? null : clock.instant().plus(grace), by),
        made);
  }

  /** A row that cannot be read can be deleted all the same, so that it is got rid of. */
  void delete(KeyOwner owner, String tag, Actor by) {
    String name = InputValidation.owner(owner.name());
    boolean isGone =
        store.find(name, tag).filter(key -> key.isRetired(clock.instant())).isPresent();
    if (isGone || aftermath.of(store.delete(name, tag, by)).isEmpty()) {
      throw new KeyOperationException(Reason.NO_SUCH_KEY);
    }
  }

  private Made make(
      KeyOwner owner, String description, Validity validity, @Nullable Set<String> scopes) {
    Instant now = now();
    KeySecret secret = generator.newKey();
    StoredKey key =
        StoredKey.fresh(
            hasher.hash(secret),
            generator.newTag(),
            InputValidation.owner(owner.name()),
            secret.hint(),
            description,
            now,
            expiry(owner, validity, now));
    return new Made(key.limitedTo(scopes), secret);
  }

  private Instant expiry(KeyOwner owner, Validity validity, Instant now) {
    if (owner.loginEndsAt().isEmpty()) {
      return limits.expiry(validity, now);
    }
    if (!validity.isDefault()) {
      throw new KeyOperationException(Reason.EXPIRY_SET_BY_SESSION);
    }
    Instant expiry = sessionExpiry(owner.loginEndsAt().get());
    if (!expiry.isAfter(now)) {
      throw new KeyOperationException(Reason.SESSION_ENDED);
    }
    return expiry;
  }
}
