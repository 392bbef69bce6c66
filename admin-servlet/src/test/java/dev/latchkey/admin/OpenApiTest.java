package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.http.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/openapi.yaml says what is. */
class OpenApiTest {
  private static String openApi() throws Exception {
    return Files.readString(Path.of("..", "docs", "openapi.yaml"));
  }

  private static List<String> found(String pattern) throws Exception {
    return all(pattern).stream().distinct().toList();
  }

  private static List<String> all(String pattern) throws Exception {
    return Pattern.compile(pattern)
        .matcher(openApi())
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void documentNamesEveryProblemAndNoOther() throws Exception {
    assertThat(found("(urn:latchkey:[a-z-]+)"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::urn).toList());
  }

  @Test
  void documentNamesEveryCallAndNoOther() throws Exception {
    String paths = openApi().split("\n  /api/")[0];
    for (Route.Target target : List.of(Route.Target.KEYS, Route.Target.KEY, Route.Target.REISSUE)) {
      String path =
          switch (target) {
            case KEYS -> "\n  /api-keys:\n";
            case KEY -> "\n  /api-keys/{tag}:\n";
            default -> "\n  /api-keys/{tag}/reissue:\n";
          };
      String calls = paths.substring(paths.indexOf(path) + path.length()).split("\n  /")[0];
      for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        assertThat(calls.contains("    " + method.toLowerCase(java.util.Locale.ROOT) + ":\n"))
            .as(method + path)
            .isEqualTo(target.takes(method));
      }
    }
  }

  @Test
  void documentNamesEveryMemberOfAKey() throws Exception {
    for (var component : KeyJson.class.getRecordComponents()) {
      assertThat(openApi()).contains(" " + component.getName() + ": {");
    }
  }

  /** Generators make methods of operations and classes of schemas; without names, bad ones. */
  @Test
  void documentNamesEveryOperationAndSchema() throws Exception {
    List<String> operations = all("(?m)^    (get|put|post|patch|delete):$");
    assertThat(found("(?m)^      operationId: (\\w+)$")).hasSameSizeAs(operations);
    assertThat(all("(?m)^ {7,}(?:- )?(type: object)$"))
        .as("schemas within others: what allOf adds to a key, and no other")
        .hasSize(1);
  }
}
