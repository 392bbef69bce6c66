package dev.latchkey.admin;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A script as browsers get it: without what only its readers need, which is a fifth of what is
 * sent.
 */
final class Script {
  private Script() {}

  /** Leaves out empty lines, comments on lines of their own, and what lines begin and end with. */
  static byte[] compact(byte[] source) {
    StringBuilder script = new StringBuilder();
    boolean isInComment = false;
    List<String> lines = new String(source, StandardCharsets.UTF_8).lines().toList();
    for (String line : lines) {
      String text = line.strip();
      boolean isComment = isInComment || text.startsWith("/*");
      isInComment = isComment && !text.endsWith("*/");
      if (!isComment && !text.startsWith("//") && !text.isEmpty()) {
        script.append(text).append('\n');
      }
    }
    return script.toString().getBytes(StandardCharsets.UTF_8);
  }
}
