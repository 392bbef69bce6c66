package dev.latchkey.internal.settings;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting: a row of {@link Settings}.
 *
 * @param name what it is called everywhere
 * @param type reads and checks its value
 * @param byDefault null if there is none, or if it follows from other settings
 * @param defaultText the default, as the documentation shows it
 * @param group how often it is needed
 * @param scope for whom it is set
 * @param shown what may be shown of its value
 * @param meaning what it does, in Markdown
 */
public record Setting<T>(
    String name,
    SettingType<T> type,
    @Nullable T byDefault,
    String defaultText,
    Group group,
    Scope scope,
    UnaryOperator<String> shown,
    String meaning) {
  private static final UnaryOperator<String> SECRET = value -> "***";
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
  private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+\\z");
  private static final int MAX_SHOWN = 200;

  /** How often a setting is needed. */
  public enum Group {
    /** Everybody decides these. */
    ESSENTIAL,
    /** Many need some of these. */
    OFTEN,
    /** The defaults are good for nearly everybody. */
    SELDOM
  }

  /** For whom a setting is set. */
  public enum Scope {
    /** Once for the application. */
    APPLICATION,
    /** For the application, and for each filter that is to differ. */
    FILTER
  }

  Setting<T> withScope(Scope scope) {
    return new Setting<>(name, type, byDefault, defaultText, group, scope, shown, meaning);
  }

  Setting<T> shownAs(UnaryOperator<String> shown) {
    return new Setting<>(name, type, byDefault, defaultText, group, scope, shown, meaning);
  }

  Setting<T> asSecret() {
    return shownAs(SECRET);
  }

  /** Returns whether nothing may be shown of its value. */
  public boolean isSecret() {
    return shown == SECRET;
  }

  /**
   * Returns a text without the blanks around it. Blanks belong to a secret; the line end of the
   * file that it was copied from does not.
   */
  public String strip(String text) {
    return isSecret() ? LINE_ENDS.matcher(text).replaceFirst("") : text.strip();
  }

  /** Returns what may be shown of a value, on one line. */
  public String show(Object value) {
    String line = CONTROL.matcher(shown.apply(String.valueOf(value))).replaceAll(" ");
    return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
  }

  /**
   * Returns whether it is the same row. What a record has by itself would, in Java 17, keep the
   * class loader of an application that has gone (java.lang.runtime.ObjectMethods caches its type).
   */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** Returns whether it can be set there: the application sets all, a filter some. */
  public boolean isFor(Scope where) {
    return where == Scope.APPLICATION || where == scope;
  }

  /** Returns the values there are, in words. */
  public String range() {
    return type.range();
  }

  /** Returns a row of the documentation's table. */
  public String markdown() {
    return "| `%s` | %s | %s | %s |".formatted(name, defaultText, range(), meaning);
  }
}
