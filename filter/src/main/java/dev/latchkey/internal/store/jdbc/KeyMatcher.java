package dev.latchkey.internal.store.jdbc;

import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.StoredKey;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.KeyFilter.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides whether a filter keeps a key. It does so itself, whatever the query found, so that names
 * compare byte by byte and nothing in them is a wildcard.
 */
record KeyMatcher(KeyFilter filter, Instant now) implements Predicate<StoredKey> {
  /** Returns where to begin: not before what the filter keeps. */
  Position start(Position after) {
    return Stream.of(filter.createdBefore(), filter.unusedSince())
        .flatMap(Optional::stream)
        .map(Position::startOf)
        .reduce(after, Position::earlier);
  }

  @Override
  public boolean test(StoredKey key) {
    return !key.isRetired(now)
        && accepts(filter.owner(), key.owner()::equals)
        && accepts(filter.ownerPrefix(), key.owner()::startsWith)
        && accepts(filter.status(), status -> status == status(key))
        && accepts(filter.tag(), key.tag()::equals)
        && accepts(filter.hint(), hint -> isHint(hint, key.hint()))
        && accepts(filter.unusedSince(), since -> isUnused(key, since))
        && accepts(filter.expiresBefore(), key.worksUntil()::isBefore)
        && accepts(filter.createdBefore(), key.createdAt()::isBefore);
  }

  private static <T> boolean accepts(Optional<T> wanted, Predicate<T> condition) {
    return wanted.isEmpty() || condition.test(wanted.get());
  }

  private Status status(StoredKey key) {
    return now.isBefore(key.worksUntil()) ? Status.ACTIVE : Status.EXPIRED;
  }

  private static boolean isHint(String wanted, String hint) {
    return wanted.length() == KeyRow.HINT_END ? hint.endsWith(wanted) : hint.equals(wanted);
  }

  private static boolean isUnused(StoredKey key, Instant since) {
    return key.createdAt().isBefore(since)
        && (key.lastUsedAt() == null || key.lastUsedAt().isBefore(since));
  }
}
