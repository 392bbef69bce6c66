package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages for people lead where they say. */
class DocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]*)(?:#([^)\\s]+))?\\)");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
        Stream<Path> root = Files.list(ROOT)) {
      return Stream.concat(docs, root)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws Exception {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
      assertThat(target).as(link.group()).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as(link.group()).contains(link.group(2));
      }
    }
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return Pattern.compile("(?m)^#+ (.*)$")
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void readmeLeadsToEveryPage() throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));
    for (Path page : pages()) {
      if (page.getParent().endsWith("docs")) {
        assertThat(readme).contains("(docs/" + page.getFileName() + ")");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web-xml",
        "embed",
        "war-untouched",
        "several-nodes",
        "logins",
        "rotate",
        "upgrade"
      })
  void pageSaysWhatItLeavesOut(String page) throws Exception {
    assertThat(anchors(ROOT.resolve("docs/" + page + ".md"))).contains("not-here");
  }

  @Test
  void embedPageOpensWhatReadmeOpens() throws Exception {
    String open =
        Files.readString(ROOT.resolve("docs/embed.md"))
            .replaceAll("(?s).*?```java\n(.*?)```.*", "$1");
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains(open);
  }
}
