package dev.latchkey.internal.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of the application's own tables for many owners at once: one {@code SELECT} that has one
 * {@code ?}, as {@code IN (?)}, which stands for all of them.
 *
 * <p>Immutable and thread-safe.
 */
public final class OwnerQuery {
  /** Tells what a query must be, in words that follow "must be". */
  public static final String FORM =
      "one SELECT with one ? for all owners, as IN (?), outside of literals and comments";

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  private static final String QUOTED = "%1$s(?:[^%1$s%2$s]++|%1$s%1$s%3$s)*+%1$s";

  /** Literals, quoted names and comments of standard SQL. */
  private static final Pattern STANDARD = noCode("", "");

  /** The same where a backslash escapes a quote. */
  private static final Pattern WITH_ESCAPES = noCode("\\\\", "|\\\\.");

  /** What is left unclosed, and what begins a second statement. */
  private static final Pattern REFUSED =
      Pattern.compile("['\"`;]|/\\*|\\bNOT\\s+IN\\s*\\(\\s*\\?", FLAGS);

  private static final Pattern SELECT =
      Pattern.compile("\\s*+(?:SELECT|WITH)\\b[^?]*\\bIN\\s*+\\(\\s*+(\\?)\\s*+\\)[^?]*+", FLAGS);

  private final String text;
  private final int place;

  private static Pattern noCode(String escape, String escaped) {
    return Pattern.compile(
        String.join(
            "|",
            QUOTED.formatted("'", escape, escaped),
            QUOTED.formatted("\"", escape, escaped),
            QUOTED.formatted("`", "", ""),
            "--[^\\n]*+",
            "#[^\\n]*+",
            "/\\*.*?\\*/"),
        FLAGS);
  }

  private OwnerQuery(String text, int place) {
    this.text = text;
    this.place = place;
  }

  /**
   * Reads a query.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static OwnerQuery of(String text) {
    String code = blanked(text, STANDARD);
    Matcher select = SELECT.matcher(code);
    if (!select.matches()
        || REFUSED.matcher(code).find()
        || !code.equals(blanked(text, WITH_ESCAPES))) { // databases would not agree where it is
      throw new IllegalArgumentException("must be " + FORM);
    }
    return new OwnerQuery(text, select.start(1));
  }

  /** Returns the text with blanks in the place of what is no code. */
  private static String blanked(String text, Pattern noCode) {
    return noCode.matcher(text).replaceAll(match -> " ".repeat(match.end() - match.start()));
  }

  /** Returns the statement with a place for each of several owners. */
  public String forOwners(int count) {
    return text.substring(0, place) + "?" + ", ?".repeat(count - 1) + text.substring(place + 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnerQuery query && text.equals(query.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
