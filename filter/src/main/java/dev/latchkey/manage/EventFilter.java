package dev.latchkey.manage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which events are meant. What is named must all be so; what is left out does not matter.
 *
 * <p>Immutable and thread-safe.
 */
public final class EventFilter {
  private static final EventFilter ALL = new EventFilter(null, null, null, null, null, null);

  private final @Nullable String owner;
  private final @Nullable String tag;
  private final @Nullable String actor;
  private final @Nullable String action;
  private final @Nullable Instant since;
  private final @Nullable Instant until;

  private EventFilter(
      @Nullable String owner,
      @Nullable String tag,
      @Nullable String actor,
      @Nullable String action,
      @Nullable Instant since,
      @Nullable Instant until) {
    this.owner = owner;
    this.tag = tag;
    this.actor = actor;
    this.action = action;
    this.since = since;
    this.until = until;
  }

  /** Returns a filter that leaves nothing out. */
  public static EventFilter all() {
    return ALL;
  }

  /** Keeps the events of one owner and the owner's keys. */
  public EventFilter withOwner(String owner) {
    return new EventFilter(requireNonNull(owner, "owner"), tag, actor, action, since, until);
  }

  /** Keeps the events of the key with a tag; that it was made by a reissue, too. */
  public EventFilter withTag(String tag) {
    return new EventFilter(owner, requireNonNull(tag, "tag"), actor, action, since, until);
  }

  /** Keeps what one actor did. */
  public EventFilter withActor(String actor) {
    return new EventFilter(owner, tag, requireNonNull(actor, "actor"), action, since, until);
  }

  /** Keeps one action, such as {@code key.added}. */
  public EventFilter withAction(String action) {
    return new EventFilter(owner, tag, actor, requireNonNull(action, "action"), since, until);
  }

  /** Keeps what happened at an instant or later. */
  public EventFilter withSince(Instant since) {
    return new EventFilter(owner, tag, actor, action, requireNonNull(since, "since"), until);
  }

  /** Keeps what happened before an instant. */
  public EventFilter withUntil(Instant until) {
    return new EventFilter(owner, tag, actor, action, since, requireNonNull(until, "until"));
  }

  /** Returns the owner, if one is named. */
  public Optional<String> owner() {
    return Optional.ofNullable(owner);
  }

  /** Returns the tag, if one is named. */
  public Optional<String> tag() {
    return Optional.ofNullable(tag);
  }

  /** Returns the actor, if one is named. */
  public Optional<String> actor() {
    return Optional.ofNullable(actor);
  }

  /** Returns the action, if one is named. */
  public Optional<String> action() {
    return Optional.ofNullable(action);
  }

  /** Returns since when, if that is named. */
  public Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  /** Returns until when, if that is named. */
  public Optional<Instant> until() {
    return Optional.ofNullable(until);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventFilter filter
        && Objects.equals(owner, filter.owner)
        && Objects.equals(tag, filter.tag)
        && Objects.equals(actor, filter.actor)
        && Objects.equals(action, filter.action)
        && Objects.equals(since, filter.since)
        && Objects.equals(until, filter.until);
  }

  @Override
  public int hashCode() {
    return Objects.hash(owner, tag, actor, action, since, until);
  }

  @Override
  public String toString() {
    return "EventFilter["
        + (owner == null ? "" : " owner=" + owner)
        + (tag == null ? "" : " tag=" + tag)
        + (actor == null ? "" : " actor=" + actor)
        + (action == null ? "" : " action=" + action)
        + (since == null ? "" : " since=" + since)
        + (until == null ? "" : " until=" + until)
        + "]";
  }
}
