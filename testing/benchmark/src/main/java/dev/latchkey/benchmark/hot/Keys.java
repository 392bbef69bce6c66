package dev.latchkey.benchmark.hot;

import dev.latchkey.key.ApiKey;
import dev.latchkey.key.KeyFormat;
import dev.latchkey.key.KeyGenerator;
import jakarta.servlet.http.HttpServletRequest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Secrets as our users have them, which every subject is given. */
public final class Keys {
  private static final String BEARER = "Bearer ";

  private Keys() {}

  /** As many as that. */
  public static List<ApiKey> generate(int count) {
    return generate(count, new SecureRandom());
  }

  /** The same ones whenever the seed is, so that processes need not hand them to each other. */
  public static List<ApiKey> generate(int count, long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed); // before anything else is asked of it: it then has no other seed
      return generate(count, random);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every OpenJDK has SHA1PRNG", e);
    }
  }

  private static List<ApiKey> generate(int count, SecureRandom random) {
    KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, random);
    return Stream.generate(generator::newKey).limit(count).toList();
  }

  /** The values of {@code Authorization} for them. */
  public static List<String> bearer(List<ApiKey> keys) {
    return bearerOf(keys.stream().map(ApiKey::reveal).toList());
  }

  static List<String> bearerOf(List<String> tokens) {
    return tokens.stream().map(BEARER::concat).toList();
  }

  /** What follows the scheme, or nothing. */
  static String token(HttpServletRequest request) {
    @Nullable String header = request.getHeader("Authorization");
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
  }
}
