package dev.latchkey.internal.manage;

import dev.latchkey.internal.store.AdministrationStore;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.Slice;
import dev.latchkey.internal.store.StoredEvent;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.Page;
import dev.latchkey.manage.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * Lists events: all of them for administrators, and for users those of their own keys.
 *
 * <p>Thread-safe.
 */
public final class EventLists {
  private static final String OF_KEYS = "key.";

  private final AdministrationStore store;

  /** Creates lists of what is in a store. */
  public EventLists(AdministrationStore store) {
    this.store = store;
  }

  Page<AuditEvent> all(EventFilter filter, PageRequest page, boolean oldestFirst) {
    check(filter);
    Cursor cursor = Cursor.of(oldestFirst ? "events, oldest first" : "events", filter);
    Position start = Pages.start(page, cursor, oldestFirst ? Position.FIRST : Position.LAST);
    return Pages.of(store.events(filter, start, oldestFirst, page.limit()), cursor);
  }

  /** Lists the events of an owner's keys, since the name was last deleted. */
  Page<AuditEvent> ofOwner(String owner, EventFilter wanted, PageRequest page) {
    check(wanted);
    EventFilter filter = wanted.withOwner(owner);
    Cursor cursor = Cursor.of("own events", filter);
    Position start = Pages.start(page, cursor, Position.LAST);
    Optional<Position> deletion = store.lastDeletion(owner);
    EventFilter since =
        deletion
            .filter(at -> filter.since().filter(at.at()::isBefore).isEmpty())
            .map(at -> filter.withSince(at.at()))
            .orElse(filter);
    Slice<StoredEvent> slice = store.events(since, start, false, page.limit());
    List<StoredEvent> own =
        slice.items().stream()
            .filter(event -> event.action().startsWith(OF_KEYS))
            .filter(event -> deletion.isEmpty() || event.position().compareTo(deletion.get()) > 0)
            .map(event -> isBy(owner, event) ? event : event.withoutAddress())
            .toList();
    return Pages.of(new Slice<>(own, slice.next()), cursor);
  }

  private static boolean isBy(String owner, StoredEvent event) {
    return event.actorType().equals(Actor.Type.USER.toString()) && owner.equals(event.actor());
  }

  private static void check(EventFilter filter) {
    filter.owner().ifPresent(text -> InputValidation.name("owner", text));
    filter.tag().ifPresent(text -> InputValidation.name("tag", text));
    filter.actor().ifPresent(text -> InputValidation.name("actor", text));
    filter.action().ifPresent(text -> InputValidation.name("action", text));
    filter.since().ifPresent(instant -> InputValidation.instant("since", instant));
    filter.until().ifPresent(instant -> InputValidation.instant("until", instant));
  }
}
