package dev.latchkey.manage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user on whose behalf keys are managed, and how long their login lasts.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyOwner {
  private final String name;
  private final @Nullable Instant loginEndsAt;
  private final @Nullable String address;

  private KeyOwner(String name, @Nullable Instant loginEndsAt, @Nullable String address) {
    this.name = Objects.requireNonNull(name, "name");
    this.loginEndsAt = loginEndsAt;
    this.address = address;
  }

  /**
   * Returns a user whose login does not bound keys.
   *
   * @param name the name of the container's principal
   */
  public static KeyOwner of(String name) {
    return new KeyOwner(name, null, null);
  }

  /** Returns this user with a login that ends by itself, and whose keys end with it. */
  public KeyOwner withLoginEndingAt(Instant loginEndsAt) {
    return new KeyOwner(name, loginEndsAt, address);
  }

  /** Returns this user with the address that the request comes from, for the audit. */
  public KeyOwner withAddress(String address) {
    return new KeyOwner(name, loginEndsAt, Objects.requireNonNull(address, "address"));
  }

  /** Returns the name of the container's principal. */
  public String name() {
    return name;
  }

  /** Returns when the login ends, if that bounds the owner's keys. */
  public Optional<Instant> loginEndsAt() {
    return Optional.ofNullable(loginEndsAt);
  }

  /** Returns the address that the request comes from, if it is known. */
  public Optional<String> address() {
    return Optional.ofNullable(address);
  }

  @Override
  public String toString() {
    return "KeyOwner[" + name + "]";
  }
}
