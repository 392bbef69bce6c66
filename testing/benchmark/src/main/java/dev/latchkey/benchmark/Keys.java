package dev.latchkey.benchmark;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.manage.KeySecret;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** Secrets as our users have them. */
public final class Keys {
  private Keys() {}

  /** Generates so many. */
  public static List<KeySecret> generate(int count) {
    return generate(count, new SecureRandom());
  }

  /** Generates the same ones from the same seed, so that processes need not exchange them. */
  public static List<KeySecret> generate(int count, long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed); // before anything else is asked of it: it then has no other seed
      return generate(count, random);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every OpenJDK has SHA1PRNG", e);
    }
  }

  private static List<KeySecret> generate(int count, SecureRandom random) {
    KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, random);
    return Stream.generate(generator::newKey).limit(count).toList();
  }

  /** Returns their texts. */
  public static List<String> texts(List<KeySecret> keys) {
    return keys.stream().map(KeySecret::reveal).toList();
  }

  /** Returns a value of {@code Authorization} for each of these texts. */
  public static List<String> bearer(List<String> tokens) {
    return tokens.stream().map("Bearer "::concat).toList();
  }
}
