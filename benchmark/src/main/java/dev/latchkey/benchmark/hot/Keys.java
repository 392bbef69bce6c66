package dev.latchkey.benchmark.hot;

import dev.latchkey.key.ApiKey;
import dev.latchkey.key.KeyFormat;
import dev.latchkey.key.KeyGenerator;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Secrets as our users have them, which every subject is given. */
final class Keys {
  private static final String BEARER = "Bearer ";

  private Keys() {}

  static List<ApiKey> generate(int count) {
    KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
    return Stream.generate(generator::newKey).limit(count).toList();
  }

  static List<String> bearer(List<ApiKey> keys) {
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
