package dev.latchkey.benchmark.hot;

import dev.latchkey.key.ApiKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the peers ask that have not cached a key yet: whose it is, by its hash. */
final class Owners {
  private final Map<ByteBuffer, String> byHash = new HashMap<>();

  Owners(List<ApiKey> keys) {
    keys.forEach(key -> byHash.put(hash(key.reveal()), "alice"));
  }

  Optional<String> of(String token) {
    return Optional.ofNullable(byHash.get(hash(token)));
  }

  private static ByteBuffer hash(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
