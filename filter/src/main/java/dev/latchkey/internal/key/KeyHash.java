package dev.latchkey.internal.key;

import java.nio.ByteBuffer;

/**
 * The SHA-256 of a key's whole text, which stands for the key everywhere past the door. Four longs
 * rather than an array: a cheap and correct map key.
 *
 * <p>Immutable. A subclass may carry what is known of the key, and so be a map's key and value in
 * one; it is equal to the bare hash.
 */
public class KeyHash {
  /** Bytes in a hash. */
  public static final int LENGTH = 32;

  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  private KeyHash(ByteBuffer bytes) {
    first = bytes.getLong();
    second = bytes.getLong();
    third = bytes.getLong();
    fourth = bytes.getLong();
  }

  /** The same hash. */
  protected KeyHash(KeyHash same) {
    first = same.first;
    second = same.second;
    third = same.third;
    fourth = same.fourth;
  }

  /**
   * The hash of these bytes.
   *
   * @throws IllegalArgumentException if they are not {@value #LENGTH}
   */
  public static KeyHash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new KeyHash(ByteBuffer.wrap(bytes));
  }

  /** The 32 bytes, in a new array. */
  public final byte[] toBytes() {
    return ByteBuffer.allocate(LENGTH)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof KeyHash hash
        && first == hash.first
        && second == hash.second
        && third == hash.third
        && fourth == hash.fourth;
  }

  @Override
  public final int hashCode() {
    return (int) first; // any 32 bits of a SHA-256 are as good as any others
  }

  /** Not the hash: logs speak of keys by their tag. */
  @Override
  public final String toString() {
    return "KeyHash[redacted]";
  }
}
