package dev.latchkey.faults;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Calls of nodes that are up. */
final class Calls {
  private Calls() {}

  static int whoami(Caller caller, String key) {
    try {
      return caller.whoami(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
