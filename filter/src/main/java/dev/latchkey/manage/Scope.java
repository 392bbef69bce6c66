package dev.latchkey.manage;

/**
 * A scope that the application declares: what a key that is limited to it may do.
 *
 * <p>Immutable and thread-safe.
 */
public final class Scope {
  private final String name;
  private final String description;
  private final boolean grantable;

  /**
   * Describes a scope to one owner.
   *
   * @param grantable whether this owner may give it to a key
   */
  public Scope(String name, String description, boolean grantable) {
    this.name = name;
    this.description = description;
    this.grantable = grantable;
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /** Returns what it is for, in words for the user. */
  public String description() {
    return description;
  }

  /** Returns whether the owner who asks has the role that it needs, if any. */
  public boolean isGrantable() {
    return grantable;
  }

  @Override
  public String toString() {
    return "Scope[" + name + "]";
  }
}
