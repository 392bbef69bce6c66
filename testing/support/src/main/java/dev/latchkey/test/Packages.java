package dev.latchkey.test;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** What the build cannot bring along. */
public final class Packages {
  private Packages() {}

  /** Skips the tests when a program is not on the path; fails them where nothing may be. */
  public static void demandProgram(String program, String name) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return;
      }
    }
    lacking("there is no " + program + " on the path: install the package " + name);
  }

  /** Skips the tests when a file of a package is missing; fails them where nothing may be. */
  public static void demand(Path file, String name) {
    if (Files.exists(file)) {
      return;
    }
    lacking("there is no " + file + ": install the package " + name);
  }

  private static void lacking(String lacking) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(lacking);
    }
    throw new TestAbortedException("Skipped, " + lacking);
  }
}
