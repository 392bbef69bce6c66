package dev.latchkey.manage;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change, for the audit.
 *
 * <p>Immutable and thread-safe.
 */
public final class Actor {
  /** As what somebody acts. More may come. */
  public enum Type {
    /** A logged-in user, for themselves. */
    USER,
    /** A logged-in administrator, for anybody. */
    ADMINISTRATOR,
    /** Anybody who holds a key. */
    HOLDER,
    /** The application's own code. */
    APPLICATION;

    /** Returns the name that events and their JSON have. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Type type;
  private final @Nullable String name;
  private final @Nullable String address;
  private final @Nullable String reason;

  private Actor(
      Type type, @Nullable String name, @Nullable String address, @Nullable String reason) {
    this.type = type;
    this.name = name;
    this.address = address;
    this.reason = reason;
  }

  /** Returns a logged-in user, by the name of the container's principal. */
  public static Actor user(String name) {
    return new Actor(Type.USER, requireNonNull(name, "name"), null, null);
  }

  /** Returns a logged-in administrator, by the name of the container's principal. */
  public static Actor administrator(String name) {
    return new Actor(Type.ADMINISTRATOR, requireNonNull(name, "name"), null, null);
  }

  /** Returns somebody of whom nothing is known but that they hold a key. */
  public static Actor holder() {
    return new Actor(Type.HOLDER, null, null, null);
  }

  /** Returns the application itself, as in a job of its own. */
  public static Actor application() {
    return new Actor(Type.APPLICATION, null, null, null);
  }

  /** Names this actor, such as a job of the application: up to 255 characters without a key. */
  public Actor withName(String name) {
    return new Actor(type, requireNonNull(name, "name"), address, reason);
  }

  /** Tells from which address this actor's request comes: what is over 64 characters is cut. */
  public Actor withAddress(String address) {
    return new Actor(type, name, requireNonNull(address, "address"), reason);
  }

  /** Tells why: up to 200 characters without control characters, and without a key in them. */
  public Actor withReason(String reason) {
    return new Actor(type, name, address, requireNonNull(reason, "reason"));
  }

  /** Returns as what it acts. */
  public Type type() {
    return type;
  }

  /** Returns its name, if it has one. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** Returns the address that its request comes from, if it is known. */
  public Optional<String> address() {
    return Optional.ofNullable(address);
  }

  /** Returns why it acts, if it says so. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  @Override
  public String toString() {
    return "Actor[" + type + (name == null ? "]" : " " + name + "]");
  }
}
