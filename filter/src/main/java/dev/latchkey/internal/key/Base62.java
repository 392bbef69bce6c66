package dev.latchkey.internal.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** Reads, writes and draws the digits {@code 0-9A-Za-z}. */
final class Base62 {
  static final int RADIX = 62;
  private static final byte[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = values();

  private Base62() {}

  static byte digit(int value) {
    return DIGITS[value];
  }

  /** Returns whether all bytes from a position on are digits. */
  static boolean areDigits(byte[] bytes, int from) {
    int all = 0;
    for (int i = from; i < bytes.length; i++) {
      all |= VALUES[Byte.toUnsignedInt(bytes[i])];
    }
    return all >= 0;
  }

  /** Returns the value of a digit. */
  static int value(byte digit) {
    return VALUES[digit];
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (byte value = 0; value < RADIX; value++) {
      values[DIGITS[value]] = value;
    }
    return values;
  }

  /** Fills part of an array with random digits, all equally likely. */
  static void fill(byte[] target, int from, int to, SecureRandom random) {
    byte[] draws = new byte[to - from];
    int next = from;
    while (next < to) {
      random.nextBytes(draws);
      for (int i = 0; i < draws.length && next < to; i++) {
        int sixBits = draws[i] & 0x3F;
        if (sixBits < RADIX) { // the other two values are dropped, which keeps the rest unbiased
          target[next++] = DIGITS[sixBits];
        }
      }
    }
  }
}
