package dev.latchkey.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Names what a native image must hold beside the classes. */
final class LatchkeyRuntimeHints implements RuntimeHintsRegistrar {
  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
    hints
        .resources()
        .registerPattern("dev/latchkey/version.txt")
        .registerPattern("dev/latchkey/admin/**")
        .registerPattern("latchkey-schema/**");
  }
}
