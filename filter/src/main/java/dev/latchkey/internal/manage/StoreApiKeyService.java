package dev.latchkey.internal.manage;

import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.ApiKeyService;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyPolicy;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.Page;
import dev.latchkey.manage.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What owners may do with their own keys, over a store.
 *
 * <p>Thread-safe.
 */
public final class StoreApiKeyService implements ApiKeyService {
  private final KeyChanges keys;
  private final EventLists events;

  /** Creates a service. */
  public StoreApiKeyService(KeyChanges keys, EventLists events) {
    this.keys = keys;
    this.events = events;
  }

  @Override
  public KeyPolicy policy(KeyOwner owner) {
    return keys.policy(owner.name());
  }

  @Override
  public Instant now() {
    return keys.now();
  }

  @Override
  public Instant sessionExpiry(Instant loginEndsAt) {
    return keys.sessionExpiry(loginEndsAt);
  }

  @Override
  public List<ApiKey> list(KeyOwner owner) {
    return List.copyOf(keys.list(owner));
  }

  @Override
  public ApiKey get(KeyOwner owner, String tag) {
    return keys.find(owner, tag);
  }

  @Override
  public IssuedKey add(KeyOwner owner, KeyRequest request) {
    return keys.add(owner, request, false, actor(owner));
  }

  @Override
  public ApiKey edit(KeyOwner owner, String tag, KeyRequest request) {
    return keys.edit(owner, tag, request, false, actor(owner));
  }

  @Override
  public IssuedKey reissue(KeyOwner owner, String tag, KeyRequest request, Duration grace) {
    return keys.reissue(owner, tag, request, grace, actor(owner));
  }

  @Override
  public void delete(KeyOwner owner, String tag) {
    keys.delete(owner, tag, actor(owner));
  }

  @Override
  public Page<AuditEvent> events(KeyOwner owner, EventFilter filter, PageRequest page) {
    return events.ofOwner(InputValidation.owner(owner.name()), filter, page);
  }

  private Actor actor(KeyOwner owner) {
    Actor user = Actor.user(InputValidation.owner(owner.name()));
    return keys.checked(owner.address().map(user::withAddress).orElse(user));
  }
}
