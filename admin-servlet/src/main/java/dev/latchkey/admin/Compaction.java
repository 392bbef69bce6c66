package dev.latchkey.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out of a script what only its readers need, comments and spaces: a quarter of what is
 * sent.
 *
 * <p>It takes our own scripts, which are formatted: each statement ends with a semicolon, no
 * template is within another, and nothing is divided by what begins with a parenthesis.
 */
final class Compaction {
  private static final String TEXT = "\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])*+'";
  private static final String TEMPLATE = "`(?:\\\\.|[^`\\\\])*+`";

  /** A pattern of JavaScript comes where no number ends that it could divide. */
  private static final String PATTERN =
      "(?<=[(\\[{,;:=>!&|?] ?|return )/(?![/*])(?:\\\\.|\\[(?:\\\\.|[^\\]\\\\])*+\\]|[^/\\[\\\\\\n])++/";

  private static final String COMMENT = "//[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/";

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<kept>%s|%s|%s)|(?<left>(?:\\s|%s)++)".formatted(TEXT, TEMPLATE, PATTERN, COMMENT));

  private static final Pattern INDENT = Pattern.compile("\\n\\s*+");

  private Compaction() {}

  static String of(String source) {
    StringBuilder script = new StringBuilder();
    Matcher token = TOKEN.matcher(source);
    while (token.find()) {
      String kept = token.group("kept");
      String instead =
          kept == null
              ? between(source, token.start() - 1, token.end())
              : INDENT.matcher(kept).replaceAll("\n");
      token.appendReplacement(script, Matcher.quoteReplacement(instead));
    }
    return token.appendTail(script).toString();
  }

  /**
   * Returns what must stay between two characters: a space between words, and as in {@code a - -b}.
   */
  private static String between(String source, int before, int after) {
    if (before < 0 || after == source.length()) {
      return "";
    }
    char left = source.charAt(before);
    char right = source.charAt(after);
    boolean isTwoWords = isOfWord(left) && isOfWord(right);
    boolean isTwoSigns = left == right && (left == '+' || left == '-');
    return isTwoWords || isTwoSigns ? " " : "";
  }

  private static boolean isOfWord(char character) {
    return Character.isJavaIdentifierPart(character) || character == '#';
  }
}
