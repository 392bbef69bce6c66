package dev.latchkey.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A clock for processes, that runs ahead of the right time or behind it, and can be set while they
 * run. How long things take is not falsified. It is the operating system's package libfaketime.
 */
public final class FakeTime implements AutoCloseable {
  private static final Path LIBRARY =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  private final Path file;

  /** A clock that is ahead, or behind if this is negative. */
  public FakeTime(Duration ahead) {
    try {
      file = Files.createTempFile("latchkey-time", null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    set(ahead);
  }

  /** Skips the tests where the package is missing; fails them where nothing may be. */
  public static void demand() {
    Packages.demand(LIBRARY, "libfaketime");
  }

  /** Sets it. */
  public void set(Duration ahead) {
    try {
      // Moved into place, since it may be read at any moment.
      Path next = Files.createTempFile("latchkey-time", null);
      Files.writeString(next, "%+.3f%n".formatted(ahead.toMillis() / 1e3));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What makes a process go by it, at once when it is set. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        LIBRARY.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        "FAKETIME_NO_CACHE",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // Or each wait for a time would be over at once, and every thread that waits busy.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  /** The same within a second, for processes that ask for the time very often. */
  public Map<String, String> cachedEnvironment() {
    Map<String, String> environment = new HashMap<>(environment());
    environment.remove("FAKETIME_NO_CACHE");
    environment.put("FAKETIME_CACHE_DURATION", "1");
    return environment;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
