package dev.latchkey.internal.scope;

import dev.latchkey.internal.path.PathPattern;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of the lines by which an application declares scopes. */
public final class ScopeLines {
  private static final String NAME = "[A-Za-z0-9._:/-]{1,64}";
  private static final Pattern NAMED = Pattern.compile("(" + NAME + ")\\s*=\\s*(\\S(?:.*\\S)?)");

  /** RFC 9110 section 9.1: a method is a token; here without {@code *}, which stands for all. */
  private static final String METHOD = "[!#$%&'+.^_`|~0-9A-Za-z-]+";

  private static final Pattern RULE =
      Pattern.compile(
          "(\\*|"
              + METHOD
              + "(?:\\s*,\\s*"
              + METHOD
              + ")*)\\s+(\\S(?:.*\\S)?)\\s*=\\s*("
              + NAME
              + "(?:\\s+"
              + NAME
              + ")*)");

  private ScopeLines() {}

  /** A line {@code name = text}. */
  record Named(String scope, String text) {}

  /**
   * A line {@code methods pattern = scopes}.
   *
   * @param methods empty for all of them
   */
  record Rule(List<String> methods, String pattern, List<String> scopes) {}

  /** Returns whether a line says something of one scope: {@code name = text}. */
  public static boolean isNamed(String line) {
    return NAMED.matcher(line).matches();
  }

  /** Returns whether a line is a rule. */
  public static boolean isRule(String line) {
    Matcher matcher = RULE.matcher(line);
    return matcher.matches() && PathPattern.isPattern(matcher.group(2));
  }

  static Named named(String line) {
    Matcher matcher = matched(NAMED, line);
    return new Named(matcher.group(1), matcher.group(2));
  }

  static Rule rule(String line) {
    Matcher matcher = matched(RULE, line);
    String methods = matcher.group(1);
    return new Rule(
        methods.equals("*") ? List.of() : Arrays.asList(methods.split("\\s*,\\s*")),
        matcher.group(2),
        Arrays.asList(matcher.group(3).split("\\s+")));
  }

  private static Matcher matched(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a line of scopes: " + line);
    }
    return matcher;
  }
}
