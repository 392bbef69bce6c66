package dev.latchkey.internal.key;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The SHA-256 of a key's whole text. It stands for the key everywhere after the parser. Four longs
 * in place of an array make it a cheap and correct map key.
 *
 * <p>Immutable and thread-safe. A subclass may add data of the key, and so be a map's key and value
 * in one object; it equals the bare hash.
 */
public class KeyHash {
  /** Bytes in a hash. */
  public static final int LENGTH = 32;

  /** The order in which databases keep them. */
  public static final Comparator<KeyHash> BYTE_ORDER =
      Comparator.comparing(KeyHash::toBytes, Arrays::compareUnsigned);

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

  /** Copies a hash. */
  protected KeyHash(KeyHash same) {
    first = same.first;
    second = same.second;
    third = same.third;
    fourth = same.fourth;
  }

  /**
   * Returns the hash with these bytes.
   *
   * @throws IllegalArgumentException unless there are {@value #LENGTH}
   */
  public static KeyHash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new KeyHash(ByteBuffer.wrap(bytes));
  }

  /** Returns the bytes in a new array. */
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
    return (int) first; // all bits of a SHA-256 are equally random
  }

  /** Returns no part of the hash: logs name keys by their tag. */
  @Override
  public final String toString() {
    return "KeyHash[redacted]";
  }
}
