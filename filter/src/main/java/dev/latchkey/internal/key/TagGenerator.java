package dev.latchkey.internal.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Generates public ids. Thread-safe, as {@link SecureRandom} is. */
public final class TagGenerator {
  /** Characters in a tag: 71 bits, enough to be unique without a check. */
  public static final int TAG_LENGTH = 12;

  private final SecureRandom random;

  /** Creates a generator. */
  public TagGenerator(SecureRandom random) {
    this.random = random;
  }

  /** Returns a new random tag: safe in URLs and logs. */
  public String newTag() {
    byte[] ascii = new byte[TAG_LENGTH];
    Base62.fill(ascii, 0, TAG_LENGTH, random);
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
