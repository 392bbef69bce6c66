package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.StoredEvent;
import dev.latchkey.manage.EventFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Chooses the statement that finds a filter's events, and keeps those that it is to keep. */
record EventQuery(EventFilter filter, boolean oldestFirst) implements Predicate<StoredEvent> {
  String sql() {
    if (filter.tag().isPresent()) {
      return oldestFirst
          ? AdministrationSql.EVENTS_OF_KEY_OLDEST_FIRST
          : AdministrationSql.EVENTS_OF_KEY;
    }
    if (filter.owner().isPresent()) {
      return oldestFirst
          ? AdministrationSql.EVENTS_OF_OWNER_OLDEST_FIRST
          : AdministrationSql.EVENTS_OF_OWNER;
    }
    return oldestFirst ? AdministrationSql.EVENTS_OLDEST_FIRST : AdministrationSql.EVENTS;
  }

  Object[] values(Position place, int limit) {
    List<Object> values = new ArrayList<>();
    if (filter.tag().isPresent()) {
      values.add(filter.tag().get());
      values.add(filter.tag().get());
    } else {
      filter.owner().ifPresent(values::add);
    }
    values.addAll(List.of(place.at(), place.at(), place.id(), farEnd(), limit));
    return values.toArray();
  }

  /** Returns where to begin, not before what the filter keeps. */
  Position start(Position after) {
    if (!oldestFirst) {
      return Position.earlier(after, until());
    }
    Position since = since();
    return since.compareTo(after) > 0 ? since : after;
  }

  private Instant farEnd() {
    return oldestFirst ? until().at() : since().at();
  }

  private Position since() {
    return filter.since().map(Position::startOf).orElse(Position.FIRST);
  }

  private Position until() {
    return filter
        .until()
        .map(until -> Position.earlier(Position.startOf(until), Position.LAST))
        .orElse(Position.LAST);
  }

  @Override
  public boolean test(StoredEvent event) {
    return filter.owner().map(event.owner()::equals).orElse(true)
        && filter.actor().map(actor -> actor.equals(event.actor())).orElse(true)
        && filter.action().map(event.action()::equals).orElse(true)
        && filter.since().map(since -> !event.at().isBefore(since)).orElse(true)
        && filter.until().map(event.at()::isBefore).orElse(true);
  }
}
