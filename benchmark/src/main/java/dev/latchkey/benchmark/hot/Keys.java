package dev.latchkey.benchmark.hot;

import dev.latchkey.key.ApiKey;
import dev.latchkey.key.KeyFormat;
import dev.latchkey.key.KeyGenerator;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** Secrets as our users have them, which every subject is given. */
final class Keys {
  private Keys() {}

  static List<ApiKey> generate(int count) {
    KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
    return Stream.generate(generator::newKey).limit(count).toList();
  }

  static List<String> bearer(List<ApiKey> keys) {
    return keys.stream().map(key -> "Bearer " + key.reveal()).toList();
  }
}
