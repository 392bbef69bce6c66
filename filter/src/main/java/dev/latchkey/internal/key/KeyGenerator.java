package dev.latchkey.internal.key;

import dev.latchkey.manage.KeySecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Generates keys and tags. Thread-safe, as {@link SecureRandom} is. */
public final class KeyGenerator {
  private final KeyFormat format;
  private final SecureRandom random;
  private final TagGenerator tags;

  /** Creates a generator of keys of one format. */
  public KeyGenerator(KeyFormat format, SecureRandom random) {
    this.format = format;
    this.random = random;
    this.tags = new TagGenerator(random);
  }

  /** Returns a new random key. */
  public KeySecret newKey() {
    byte[] ascii = format.blank();
    int start = format.prefix().length();
    Base62.fill(ascii, start, start + KeyFormat.RANDOM_LENGTH, random);
    format.writeChecksum(ascii);
    return new KeySecret(new String(ascii, StandardCharsets.US_ASCII));
  }

  /** Returns a new random tag: the public id of a key, safe in URLs and logs. */
  public String newTag() {
    return tags.newTag();
  }
}
