package dev.latchkey.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out of a script what only its readers need, comments and spaces: a quarter of what is
 * sent.
 *
 * <p>It takes our own scripts, which are formatted: each statement ends with a semicolon, no
 * template is within another, and nothing is divided by what begins with a parenthesis. Style
 * sheets are the templates of {@code sheet}; nothing is put into them, and no text in them has a
 * sign of theirs.
 */
final class Compaction {
  private static final String TEXT = "\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])*+'";
  private static final String TEMPLATE = "`(?:\\\\.|[^`\\\\])*+`";

  /** A pattern of JavaScript comes where no number ends that it could divide. */
  private static final String PATTERN =
      "(?<=[(\\[{,;:=>!&|?]\\s{0,200}|return )/(?![/*])(?:\\\\.|\\[(?:\\\\.|[^\\]\\\\])*+\\]|[^/\\[\\\\\\n])++/";

  private static final String COMMENT = "//[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/";

  private static final String SPACE = "(?:\\s|%s)".formatted(COMMENT);

  /** A comma after which nothing comes. */
  private static final String LAST = ",(?=%s*+[)\\]}])".formatted(SPACE);

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<style>(?<=\\bsheet\\()%2$s)|(?<kept>%1$s|%2$s|%3$s)|(?<last>%4$s)|%5$s++"
              .formatted(TEXT, TEMPLATE, PATTERN, LAST, SPACE));

  private static final Pattern STYLE_SPACE =
      Pattern.compile("(?:\\s|/\\*(?:[^*]|\\*(?!/))*+\\*/)++");
  private static final Pattern BESIDE_SIGN = Pattern.compile(" ?([{},;`]) ?|(?<=:) ");

  private static final Pattern UNFIT_FOR_STYLE =
      Pattern.compile("\\$\\{|\"[^\"\\n]*[{},;:][^\"\\n]*\"|'[^'\\n]*[{},;:][^'\\n]*'");

  private Compaction() {}

  static String of(String source) {
    StringBuilder script = new StringBuilder();
    Matcher token = TOKEN.matcher(source);
    while (token.find()) {
      token.appendReplacement(script, Matcher.quoteReplacement(instead(source, token)));
    }
    return token.appendTail(script).toString();
  }

  private static String instead(String source, Matcher token) {
    if (token.group("style") != null) {
      return style(token.group());
    }
    if (token.group("kept") != null) {
      return kept(token.group());
    }
    return token.group("last") == null ? between(source, token.start() - 1, token.end()) : "";
  }

  private static String kept(String text) {
    boolean isTemplate = text.startsWith("`");
    if (isTemplate && count(text, '{') != count(text, '}')) {
      throw new IllegalStateException("A template is within another: " + text);
    }
    return text;
  }

  private static long count(String text, char character) {
    return text.chars().filter(one -> one == character).count();
  }

  private static String style(String sheet) {
    if (UNFIT_FOR_STYLE.matcher(sheet).find()) {
      throw new IllegalStateException("A style sheet cannot be sent so: " + sheet);
    }
    String words = STYLE_SPACE.matcher(sheet).replaceAll(" ");
    return BESIDE_SIGN.matcher(words).replaceAll("$1").replace(";}", "}");
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
