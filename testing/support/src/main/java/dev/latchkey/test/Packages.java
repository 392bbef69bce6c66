package dev.latchkey.test;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** What the build cannot bring along. */
public final class Packages {
  private Packages() {}

  /** Skips the tests when a file of a package is missing; fails them where nothing may be. */
  public static void demand(Path file, String name) {
    if (Files.exists(file)) {
      return;
    }
    String lacking = "there is no " + file + ": install the package " + name;
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(lacking);
    }
    throw new TestAbortedException("Skipped, " + lacking);
  }
}
