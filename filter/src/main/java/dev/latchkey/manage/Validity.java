package dev.latchkey.manage;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The validity that is asked for: a number of days, an end, or the policy's default.
 *
 * <p>Immutable and thread-safe.
 */
public final class Validity {
  /** No wish: the policy's default, or no change. */
  public static final Validity DEFAULT = new Validity(null, null);

  private final @Nullable Integer days;
  private final @Nullable Instant until;

  private Validity(@Nullable Integer days, @Nullable Instant until) {
    this.days = days;
    this.until = until;
  }

  /** Returns a validity in days of 24 hours from now. */
  public static Validity ofDays(int days) {
    return new Validity(days, null);
  }

  /** Returns a validity up to an instant, which is kept to the second. */
  public static Validity until(Instant expiresAt) {
    return new Validity(null, expiresAt);
  }

  /** Returns whether it asks for nothing in particular. */
  public boolean isDefault() {
    return days == null && until == null;
  }

  /** Returns the number of days, if that is what is asked for. */
  public OptionalInt days() {
    return days == null ? OptionalInt.empty() : OptionalInt.of(days);
  }

  /** Returns the end, if that is what is asked for. */
  public Optional<Instant> until() {
    return Optional.ofNullable(until);
  }

  @Override
  public String toString() {
    return isDefault() ? "Validity[default]" : "Validity[%s, until %s]".formatted(days, until);
  }
}
