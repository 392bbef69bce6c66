package dev.latchkey;

/** Which roles the owners of keys have, for {@code isUserInRole()}. Thread-safe. */
@FunctionalInterface
public interface OwnerRoles {
  /** Whether the owner has the role. Asked on each call, so it should be quick. */
  boolean isInRole(String owner, String role);
}
