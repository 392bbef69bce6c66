package dev.latchkey.internal.path;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Covers paths of the application. Forms: {@code /x} (covers {@code /x/} too), {@code /x/*}, {@code
 * *.x} and {@code /*}. Immutable and thread-safe.
 */
public final class PathPattern {
  private static final Pattern GRAMMAR = Pattern.compile("/\\*|/[^*]*[^*/](?:/\\*)?|\\*\\.[^*/]+");

  private final Kind kind;
  private final String fixed; // the part before or after the star

  private enum Kind {
    EXACT,
    PREFIX,
    SUFFIX
  }

  private PathPattern(Kind kind, String fixed) {
    this.kind = kind;
    this.fixed = fixed;
  }

  /** Returns whether a text is a pattern. */
  public static boolean isPattern(String text) {
    return GRAMMAR.matcher(text).matches();
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if the text is no pattern
   */
  public static PathPattern of(String text) {
    if (!isPattern(text)) {
      throw new IllegalArgumentException("not a path pattern: \"" + text + "\"");
    }
    if (text.startsWith("*")) {
      return new PathPattern(Kind.SUFFIX, text.substring(1));
    }
    return text.endsWith("/*")
        ? new PathPattern(Kind.PREFIX, text.substring(0, text.length() - 2))
        : new PathPattern(Kind.EXACT, text);
  }

  /** Returns whether at least one pattern covers a path. */
  public static boolean anyCovers(List<PathPattern> patterns, String path) {
    for (PathPattern pattern : patterns) {
      if (pattern.covers(path)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether this pattern covers a path.
   *
   * @param path begins with a slash, or is empty
   */
  public boolean covers(String path) {
    if (kind == Kind.SUFFIX) {
      return path.endsWith(fixed);
    }
    int end = fixed.length();
    return path.startsWith(fixed)
        && (path.length() == end
            || (path.charAt(end) == '/' && (kind == Kind.PREFIX || path.length() == end + 1)));
  }
}
