package dev.latchkey;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** The class path of the tests, without some libraries. */
final class ClassPath {
  private ClassPath() {}

  /** Returns a loader of everything but what has one of these words in its path. */
  static URLClassLoader without(String... words) {
    return new URLClassLoader(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Arrays.stream(words).noneMatch(entry::contains))
            .map(ClassPath::url)
            .toArray(URL[]::new),
        ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
