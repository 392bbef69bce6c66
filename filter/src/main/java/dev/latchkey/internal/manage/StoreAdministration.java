package dev.latchkey.internal.manage;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.store.AdministrationStore;
import dev.latchkey.internal.store.ApiKeyStore;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.ApiKeyAdministration;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.KeyOperationException;
import dev.latchkey.manage.KeyOperationException.Reason;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.OwnerStatus;
import dev.latchkey.manage.Page;
import dev.latchkey.manage.PageRequest;
import dev.latchkey.manage.RevokedKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Administers anybody's keys in a store.
 *
 * <p>Thread-safe.
 */
public final class StoreAdministration implements ApiKeyAdministration {
  private final AdministrationStore store;
  private final KeyChanges keys;
  private final Revocations revocations;
  private final BulkRevocation bulk;
  private final EventLists events;
  private final KeyParser parser;
  private final Clock clock;

  /** Creates it. */
  public StoreAdministration(
      ApiKeyStore store,
      KeyChanges keys,
      Revocations revocations,
      EventLists events,
      KeyParser parser,
      Clock clock,
      Pace pace) {
    this.store = store.administration();
    this.keys = keys;
    this.revocations = revocations;
    this.bulk = new BulkRevocation(store, revocations, clock, pace);
    this.events = events;
    this.parser = parser;
    this.clock = clock;
  }

  @Override
  public Page<ApiKey> list(KeyFilter filter, PageRequest page) {
    KeyFilters.check(filter);
    Cursor cursor = Cursor.of(filter);
    return Pages.of(
        store.keys(filter, Pages.start(page, cursor, Position.LAST), page.limit(), clock.instant()),
        cursor);
  }

  @Override
  public ApiKey get(String tag) {
    return find(tag);
  }

  private StoredKey find(String tag) {
    return Optional.of(tag)
        .filter(KeyFilters::isName)
        .flatMap(store::find)
        .filter(key -> !key.isRetired(clock.instant()))
        .orElseThrow(() -> new KeyOperationException(Reason.NO_SUCH_KEY));
  }

  private KeyOwner ownerOf(String tag) {
    return KeyOwner.of(find(tag).owner());
  }

  @Override
  public IssuedKey add(Actor by, String owner, KeyRequest request) {
    return keys.add(keys.named(owner), request, false, keys.checked(by));
  }

  @Override
  public IssuedKey addForService(Actor by, String owner, KeyRequest request) {
    try {
      return keys.add(keys.named(owner), request, true, keys.checked(by));
    } finally {
      revocations.forgetOwner(owner); // this node may have been told that there is none
    }
  }

  @Override
  public ApiKey edit(Actor by, String tag, KeyRequest request) {
    return keys.edit(ownerOf(tag), tag, request, false, keys.checked(by));
  }

  @Override
  public ApiKey narrow(Actor by, String tag, KeyRequest request) {
    return keys.edit(ownerOf(tag), tag, request, true, keys.checked(by));
  }

  @Override
  public IssuedKey reissue(Actor by, String tag, KeyRequest request, Duration grace) {
    return keys.reissue(ownerOf(tag), tag, request, grace, keys.checked(by));
  }

  @Override
  public void delete(Actor by, String tag) {
    String owner =
        Optional.of(tag)
            .filter(KeyFilters::isName)
            .flatMap(store::ownerOf) // also of a row that cannot be read
            .orElseThrow(() -> new KeyOperationException(Reason.NO_SUCH_KEY));
    keys.delete(KeyOwner.of(owner), tag, keys.checked(by));
  }

  @Override
  public RevokedKeys revoke(Actor by, KeyFilter filter) {
    return bulk.revoke(KeyFilters.nonEmpty(filter), keys.checked(by));
  }

  @Override
  public RevokedKeys wouldRevoke(KeyFilter filter) {
    return bulk.count(KeyFilters.nonEmpty(filter));
  }

  @Override
  public RevokedKeys revokeKey(Actor by, String key) {
    return bulk.revoke(parser.hashOf(key, 0), "key", keys.checked(by));
  }

  @Override
  public RevokedKeys revokeHash(Actor by, String sha256) {
    return bulk.revoke(hash(sha256), "sha256", keys.checked(by));
  }

  @Override
  public RevokedKeys wouldRevokeKey(String key) {
    return bulk.count(parser.hashOf(key, 0));
  }

  @Override
  public RevokedKeys wouldRevokeHash(String sha256) {
    return bulk.count(hash(sha256));
  }

  private static KeyHash hash(String sha256) {
    try {
      byte[] bytes = HexFormat.of().parseHex(sha256);
      if (bytes.length == KeyHash.LENGTH) {
        return KeyHash.of(bytes);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new InvalidValueException("sha256", "must have 64 hexadecimal digits");
  }

  @Override
  public OwnerStatus owner(String owner) {
    return store.owner(InputValidation.owner(owner));
  }

  @Override
  public OwnerStatus disableOwner(Actor by, String owner) {
    revocations.disableOwner(keys.named(owner).name(), keys.checked(by));
    return owner(owner);
  }

  @Override
  public OwnerStatus enableOwner(Actor by, String owner) {
    revocations.enableOwner(owner, keys.checked(by));
    return owner(owner);
  }

  @Override
  public void deleteOwner(Actor by, String owner) {
    revocations.deleteOwner(owner, keys.checked(by));
  }

  @Override
  public Page<AuditEvent> events(EventFilter filter, PageRequest page) {
    return events.all(filter, page, false);
  }

  @Override
  public Page<AuditEvent> eventsOldestFirst(EventFilter filter, PageRequest page) {
    return events.all(filter, page, true);
  }
}
