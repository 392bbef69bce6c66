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
    if (oldestFirst) {
      Position since = new Position(filter.since().orElse(Position.FIRST.at()), "");
      return since.compareTo(after) > 0 ? since : after;
    }
    Position until = new Position(filter.until().orElse(Position.LAST.at()), "");
    return until.compareTo(after) < 0 ? until : after;
  }

  private Instant farEnd() {
    return oldestFirst
        ? filter.until().orElse(Position.LAST.at())
        : filter.since().orElse(Position.FIRST.at());
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
