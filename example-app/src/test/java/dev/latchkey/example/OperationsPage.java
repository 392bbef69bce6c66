package dev.latchkey.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/operations.md shows. */
final class OperationsPage {
  private OperationsPage() {}

  /** Returns the first block in a language below a heading. */
  static String block(String heading, String language) throws IOException {
    Matcher block =
        Pattern.compile(
                "(?ms)^#+ "
                    + Pattern.quote(heading)
                    + "$(?:(?!^#).)*?^```"
                    + language
                    + "\n(.*?)^```")
            .matcher(text());
    if (!block.find()) {
      throw new AssertionError("no " + language + " below: " + heading);
    }
    return block.group(1);
  }

  static String text() throws IOException {
    return Files.readString(Path.of("..", "docs", "operations.md"));
  }
}
