package dev.latchkey.test;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unpacks programs that come with the build, once a folder. */
final class Unpacking {
  private Unpacking() {}

  /** Fills a folder. */
  @FunctionalInterface
  interface Filler {
    void fill(Path folder) throws IOException;
  }

  /**
   * Fills a folder, unless that was done. A lock of a file parts processes; one of this class parts
   * threads, for which there can be no two of the file.
   */
  static synchronized Path once(Path folder, Filler filler) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
          FileLock lock = channel.lock()) { // the tests of a module run in several processes
        Path unpacked = folder.resolve("unpacked");
        if (lock.isValid() && Files.notExists(unpacked)) {
          filler.fill(folder);
          Files.createFile(unpacked);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
