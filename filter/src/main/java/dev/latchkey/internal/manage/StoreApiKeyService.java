package dev.latchkey.internal.manage;

import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.KeyEdit;
import dev.latchkey.internal.store.KeyEdit.NewScopes;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.ApiKeyService;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyPolicy;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The service over a store. A change is committed first; then this node's cache is invalidated;
 * then the method returns.
 *
 * <p>Thread-safe.
 */
public final class StoreApiKeyService implements ApiKeyService {
  private final ApiKeyStore store;
  private final KeyGenerator generator;
  private final KeyHasher hasher;
  private final KeyParser parser;
  private final KeyLimits limits;
  private final ScopeGrants grants;
  private final Clock clock;
  private final Consumer<KeyHash> invalidate;

  /**
   * Creates a service.
   *
   * @param invalidate takes a hash out of this node's cache
   */
  public StoreApiKeyService(
      ApiKeyStore store,
      KeyGenerator generator,
      KeyHasher hasher,
      KeyParser parser,
      KeyLimits limits,
      ScopeGrants grants,
      Clock clock,
      Consumer<KeyHash> invalidate) {
    this.store = store;
    this.generator = generator;
    this.hasher = hasher;
    this.parser = parser;
    this.limits = limits;
    this.grants = grants;
    this.clock = clock;
    this.invalidate = invalidate;
  }

  /** A new key, as it is to be stored and shown. */
  private record Made(StoredKey key, KeySecret secret) {
    IssuedKey issued() {
      return new IssuedKey(key, secret);
    }
  }

  @Override
  public KeyPolicy policy(KeyOwner owner) {
    return new OwnerPolicy(limits, grants.of(owner.name()));
  }

  @Override
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public Instant sessionExpiry(Instant loginEndsAt) {
    Instant latest = now().plus(Duration.ofDays(limits.maxValidityDays()));
    return (loginEndsAt.isBefore(latest) ? loginEndsAt : latest).truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public List<ApiKey> list(KeyOwner owner) {
    return List.copyOf(stored(owner));
  }

  private List<StoredKey> stored(KeyOwner owner) {
    return store.findByOwner(InputValidation.owner(owner.name()));
  }

  @Override
  public ApiKey get(KeyOwner owner, String tag) {
    return find(owner, tag);
  }

  private StoredKey find(KeyOwner owner, String tag) {
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

  @Override
  public IssuedKey add(KeyOwner owner, KeyRequest request) {
    Made made =
        make(
            owner,
            checked(request.description().orElse("")),
            request.validity(),
            grants.checked(owner.name(), request.scopes()));
    if (store.add(made.key(), limits.maxKeysPerUser())) {
      invalidate.accept(made.key().hash());
      return made.issued();
    }
    Optional<StoredKey> expired =
        stored(owner).stream()
            .filter(key -> key.isExpired(made.key().createdAt()))
            .min(Comparator.comparing(StoredKey::expiresAt));
    if (expired.isEmpty()) {
      throw new KeyOperationException(Reason.KEY_LIMIT_REACHED);
    }
    if (owner.loginEndsAt().isEmpty()) {
      throw new KeyOperationException(Reason.EXPIRED_KEY_EXISTS);
    }
    if (!replace(expired.get().tag(), made, null)) {
      throw new KeyOperationException(Reason.KEY_LIMIT_REACHED); // another add took its place
    }
    return made.issued();
  }

  @Override
  public ApiKey edit(KeyOwner owner, String tag, KeyRequest request) {
    StoredKey key = current(owner, tag);
    Instant now = now();
    Validity validity = request.validity();
    KeyEdit edit =
        new KeyEdit(
            request.description().map(this::checked).orElse(null),
            validity.isDefault() ? null : newExpiry(owner, key, validity, now),
            request.saysScopes()
                ? new NewScopes(grants.checked(owner.name(), request.scopes()))
                : null);
    if (!store.edit(key.owner(), tag, edit, now)) {
      throw new KeyOperationException(Reason.NO_SUCH_KEY); // it went in the meantime
    }
    invalidate.accept(key.hash());
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

  @Override
  public IssuedKey reissue(KeyOwner owner, String tag, KeyRequest request, Duration grace) {
    StoredKey old = current(owner, tag);
    Made made =
        make(
            owner,
            request.description().map(this::checked).orElse(old.description()),
            request.validity(),
            request.saysScopes() ? grants.checked(owner.name(), request.scopes()) : old.scopes());
    Instant now = made.key().createdAt();
    boolean diesNow = grace.isZero() || old.isExpired(now);
    if (!replace(tag, made, diesNow ? null : clock.instant().plus(grace))) {
      throw new KeyOperationException(Reason.NO_SUCH_KEY); // another reissue or delete was first
    }
    return made.issued();
  }

  /** A row that cannot be read can be deleted all the same, so that it is got rid of. */
  @Override
  public void delete(KeyOwner owner, String tag) {
    String name = InputValidation.owner(owner.name());
    boolean isGone =
        store.find(name, tag).filter(key -> key.isRetired(clock.instant())).isPresent();
    List<KeyHash> dead = isGone ? List.of() : store.delete(name, tag);
    if (dead.isEmpty()) {
      throw new KeyOperationException(Reason.NO_SUCH_KEY);
    }
    dead.forEach(invalidate);
  }

  private boolean replace(String oldTag, Made made, @Nullable Instant oldRetiresAt) {
    List<KeyHash> changed = store.replace(oldTag, made.key(), oldRetiresAt);
    changed.forEach(invalidate);
    return !changed.isEmpty();
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

  /** No secret gets into lists and logs, as when the wrong text is pasted. */
  private String checked(String description) {
    if (parser.isKeyIn(description)) {
      throw new InvalidValueException(
          "description", "must not contain an API key; if it is in use, reissue it");
    }
    return InputValidation.description(description);
  }
}
