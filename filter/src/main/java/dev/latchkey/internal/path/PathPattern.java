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
    return covers(path, "");
  }

  /**
   * Returns whether this pattern covers a path in two parts, without joining them.
   *
   * @param head begins with a slash, or is empty
   * @param tail likewise
   */
  public boolean covers(String head, String tail) {
    int length = head.length() + tail.length();
    int end = fixed.length();
    if (length < end) {
      return false;
    }
    if (kind == Kind.SUFFIX) {
      return hasFixedAt(length - end, head, tail);
    }
    return hasFixedAt(0, head, tail)
        && (length == end
            || (charAt(end, head, tail) == '/' && (kind == Kind.PREFIX || length == end + 1)));
  }

  private boolean hasFixedAt(int start, String head, String tail) {
    int startInHead = Math.min(start, head.length());
    int inHead = Math.min(head.length() - startInHead, fixed.length());
    int startInTail = Math.max(start - head.length(), 0);
    return fixed.regionMatches(0, head, startInHead, inHead)
        && fixed.regionMatches(inHead, tail, startInTail, fixed.length() - inHead);
  }

  private static char charAt(int index, String head, String tail) {
    return index < head.length() ? head.charAt(index) : tail.charAt(index - head.length());
  }

  @Override
  public String toString() {
    return switch (kind) {
      case EXACT -> fixed;
      case PREFIX -> fixed + "/*";
      case SUFFIX -> "*" + fixed;
    };
  }
}
