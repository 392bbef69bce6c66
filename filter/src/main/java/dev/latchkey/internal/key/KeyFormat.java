package dev.latchkey.internal.key;

import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The format of keys: a prefix, 43 random base-62 characters (256 bits), and a checksum of 6: the
 * CRC-32 of the text before. With the default prefix that is 52 characters, one SHA-256 block.
 *
 * @param prefix the start of every key, by which people and secret scanners recognise a leaked one:
 *     one to five ASCII letters or digits, then {@code _}
 */
public record KeyFormat(String prefix) {
  static final int RANDOM_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9]{1,5}_");

  /** {@code lk_}. */
  public static final KeyFormat DEFAULT = new KeyFormat("lk_");

  /**
   * Checks the prefix.
   *
   * @throws IllegalArgumentException if it does not have that form
   */
  public KeyFormat {
    if (!isPrefix(prefix)) {
      throw new IllegalArgumentException("not a keyPrefix: " + prefix);
    }
  }

  /** Returns whether a text is a valid prefix. */
  public static boolean isPrefix(String text) {
    return PREFIX.matcher(text).matches();
  }

  /** Returns the length of a key in characters. */
  public int length() {
    return checksumStart() + CHECKSUM_LENGTH;
  }

  int checksumStart() {
    return prefix.length() + RANDOM_LENGTH;
  }

  /** Returns an array for a key, with only the prefix filled in. */
  byte[] blank() {
    byte[] ascii = new byte[length()];
    for (int i = 0; i < prefix.length(); i++) {
      ascii[i] = (byte) prefix.charAt(i);
    }
    return ascii;
  }

  void writeChecksum(byte[] ascii) {
    long rest = checksum(ascii, 0);
    for (int i = length() - 1; i >= checksumStart(); i--) {
      ascii[i] = Base62.digit((int) (rest % Base62.RADIX));
      rest /= Base62.RADIX;
    }
  }

  /** Returns whether the key from a position on ends with its checksum; all must be digits. */
  boolean checksumMatches(byte[] ascii, int start) {
    long stated = 0;
    for (int i = start + checksumStart(); i < ascii.length; i++) {
      stated = stated * Base62.RADIX + Base62.value(ascii[i]);
    }
    return stated == checksum(ascii, start);
  }

  private long checksum(byte[] ascii, int start) {
    CRC32 crc = new CRC32();
    crc.update(ascii, start, checksumStart());
    return crc.getValue();
  }
}
