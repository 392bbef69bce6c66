package dev.latchkey.manage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which keys are meant. What is named must all be so; what is left out does not matter.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyFilter {
  private static final KeyFilter ALL =
      new KeyFilter(null, null, null, null, null, null, null, null);

  private final @Nullable String owner;
  private final @Nullable String ownerPrefix;
  private final @Nullable Status status;
  private final @Nullable String tag;
  private final @Nullable String hint;
  private final @Nullable Instant unusedSince;
  private final @Nullable Instant expiresBefore;
  private final @Nullable Instant createdBefore;

  private KeyFilter(
      @Nullable String owner,
      @Nullable String ownerPrefix,
      @Nullable Status status,
      @Nullable String tag,
      @Nullable String hint,
      @Nullable Instant unusedSince,
      @Nullable Instant expiresBefore,
      @Nullable Instant createdBefore) {
    this.owner = owner;
    this.ownerPrefix = ownerPrefix;
    this.status = status;
    this.tag = tag;
    this.hint = hint;
    this.unusedSince = unusedSince;
    this.expiresBefore = expiresBefore;
    this.createdBefore = createdBefore;
  }

  /** Returns a filter that leaves nothing out. */
  public static KeyFilter all() {
    return ALL;
  }

  /** Keeps the keys of one owner. */
  public KeyFilter withOwner(String owner) {
    return new KeyFilter(
        requireNonNull(owner, "owner"),
        ownerPrefix,
        status,
        tag,
        hint,
        unusedSince,
        expiresBefore,
        createdBefore);
  }

  /** Keeps the keys of owners whose names begin like this, byte by byte. */
  public KeyFilter withOwnerPrefix(String ownerPrefix) {
    return new KeyFilter(
        owner,
        requireNonNull(ownerPrefix, "ownerPrefix"),
        status,
        tag,
        hint,
        unusedSince,
        expiresBefore,
        createdBefore);
  }

  /** Keeps the keys in one state. */
  public KeyFilter withStatus(Status status) {
    return new KeyFilter(
        owner,
        ownerPrefix,
        requireNonNull(status, "status"),
        tag,
        hint,
        unusedSince,
        expiresBefore,
        createdBefore);
  }

  /** Keeps the key with a tag. */
  public KeyFilter withTag(String tag) {
    return new KeyFilter(
        owner,
        ownerPrefix,
        status,
        requireNonNull(tag, "tag"),
        hint,
        unusedSince,
        expiresBefore,
        createdBefore);
  }

  /** Keeps the keys whose secret ends in four characters, or that have a hint as it is shown. */
  public KeyFilter withHint(String hint) {
    return new KeyFilter(
        owner,
        ownerPrefix,
        status,
        tag,
        requireNonNull(hint, "hint"),
        unusedSince,
        expiresBefore,
        createdBefore);
  }

  /** Keeps the keys that were made before an instant and not used at it or later. */
  public KeyFilter withUnusedSince(Instant unusedSince) {
    return new KeyFilter(
        owner,
        ownerPrefix,
        status,
        tag,
        hint,
        requireNonNull(unusedSince, "unusedSince"),
        expiresBefore,
        createdBefore);
  }

  /** Keeps the keys that expire before an instant, expired ones included. */
  public KeyFilter withExpiresBefore(Instant expiresBefore) {
    return new KeyFilter(
        owner,
        ownerPrefix,
        status,
        tag,
        hint,
        unusedSince,
        requireNonNull(expiresBefore, "expiresBefore"),
        createdBefore);
  }

  /** Keeps the keys that were made before an instant. */
  public KeyFilter withCreatedBefore(Instant createdBefore) {
    return new KeyFilter(
        owner,
        ownerPrefix,
        status,
        tag,
        hint,
        unusedSince,
        expiresBefore,
        requireNonNull(createdBefore, "createdBefore"));
  }

  /** Returns the owner, if one is named. */
  public Optional<String> owner() {
    return Optional.ofNullable(owner);
  }

  /** Returns how owners begin, if that is named. */
  public Optional<String> ownerPrefix() {
    return Optional.ofNullable(ownerPrefix);
  }

  /** Returns the state, if one is named. */
  public Optional<Status> status() {
    return Optional.ofNullable(status);
  }

  /** Returns the tag, if one is named. */
  public Optional<String> tag() {
    return Optional.ofNullable(tag);
  }

  /** Returns the hint, if one is named. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** Returns since when they are unused, if that is named. */
  public Optional<Instant> unusedSince() {
    return Optional.ofNullable(unusedSince);
  }

  /** Returns before when they expire, if that is named. */
  public Optional<Instant> expiresBefore() {
    return Optional.ofNullable(expiresBefore);
  }

  /** Returns before when they were made, if that is named. */
  public Optional<Instant> createdBefore() {
    return Optional.ofNullable(createdBefore);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyFilter filter
        && Objects.equals(owner, filter.owner)
        && Objects.equals(ownerPrefix, filter.ownerPrefix)
        && Objects.equals(status, filter.status)
        && Objects.equals(tag, filter.tag)
        && Objects.equals(hint, filter.hint)
        && Objects.equals(unusedSince, filter.unusedSince)
        && Objects.equals(expiresBefore, filter.expiresBefore)
        && Objects.equals(createdBefore, filter.createdBefore);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        owner, ownerPrefix, status, tag, hint, unusedSince, expiresBefore, createdBefore);
  }

  @Override
  public String toString() {
    return "KeyFilter["
        + (owner == null ? "" : " owner=" + owner)
        + (ownerPrefix == null ? "" : " ownerPrefix=" + ownerPrefix)
        + (status == null ? "" : " status=" + status)
        + (tag == null ? "" : " tag=" + tag)
        + (hint == null ? "" : " hint=" + hint)
        + (unusedSince == null ? "" : " unusedSince=" + unusedSince)
        + (expiresBefore == null ? "" : " expiresBefore=" + expiresBefore)
        + (createdBefore == null ? "" : " createdBefore=" + createdBefore)
        + "]";
  }

  /** The state of a key. More may come. */
  public enum Status {
    /** Not past its expiry. */
    ACTIVE,
    /** Past its expiry. */
    EXPIRED
  }
}
