package dev.latchkey.faults;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.test.Answer;
import dev.latchkey.test.caller.Client;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Keys to test with. */
final class Keys {
  private static final KeyGenerator GENERATOR =
      new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());

  private Keys() {}

  /** A well-formed key that nobody has. */
  static String unknown() {
    return GENERATOR.newKey().reveal();
  }

  /** New keys of a user, asked for by nobody yet. */
  static List<String> add(Client user, int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Answer added = user.add("{}");
      if (added.status() != 201) {
        throw new IllegalStateException("add answered " + added.status() + " " + added.text());
      }
      keys.add(added.get("key"));
    }
    return keys;
  }
}
