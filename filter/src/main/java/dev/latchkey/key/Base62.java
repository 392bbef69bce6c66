package dev.latchkey.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The digits {@code 0-9A-Za-z}. */
final class Base62 {
  static final int RADIX = 62;
  private static final byte[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
          .getBytes(StandardCharsets.US_ASCII);

  private Base62() {}

  static byte digit(int value) {
    return DIGITS[value];
  }

  static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** Fills part of an array with digits, each as likely as any other. */
  static void fill(byte[] target, int from, int to, SecureRandom random) {
    byte[] draws = new byte[to - from];
    int next = from;
    while (next < to) {
      random.nextBytes(draws);
      for (int i = 0; i < draws.length && next < to; i++) {
        int sixBits = draws[i] & 0x3F;
        if (sixBits < RADIX) { // dropping the two that do not fit keeps the rest unbiased
          target[next++] = DIGITS[sixBits];
        }
      }
    }
  }
}
