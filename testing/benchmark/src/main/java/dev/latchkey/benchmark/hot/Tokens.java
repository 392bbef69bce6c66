package dev.latchkey.benchmark.hot;

import dev.latchkey.benchmark.Keys;
import dev.latchkey.manage.KeySecret;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and hashes bearer tokens, for those who bring no code of their own for it. */
final class Tokens {
  static final String OWNER = "alice";
  private static final String BEARER = "Bearer ";

  private Tokens() {}

  /** Returns what follows the scheme, or nothing. */
  static String of(HttpServletRequest request) {
    @Nullable String header = request.getHeader("Authorization");
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
  }

  /** Returns what a peer asks that has not cached a token yet: whose it is, by its hash. */
  static Function<String, Optional<String>> owners(List<KeySecret> keys) {
    Map<ByteBuffer, String> byHash = new HashMap<>();
    Keys.texts(keys).forEach(text -> byHash.put(ByteBuffer.wrap(hash(sha256(), text)), OWNER));
    return token -> Optional.ofNullable(byHash.get(ByteBuffer.wrap(hash(sha256(), token))));
  }

  static byte[] hash(MessageDigest sha256, String token) {
    return sha256.digest(token.getBytes(StandardCharsets.US_ASCII));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
