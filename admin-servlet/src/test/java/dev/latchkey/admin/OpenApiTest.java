package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.http.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/openapi.yaml says what is. */
class OpenApiTest {
  private static final Pattern PATH = Pattern.compile("\\n  /api-keys(/?\\S*):\\n");

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
    Set<String> named = new HashSet<>();
    for (Matcher path = PATH.matcher(paths); path.find(); ) {
      Route route = Route.of(path.group(1).isEmpty() ? null : path.group(1).replace("{tag}", "x"));
      named.add(route.target() + (route.isAdministrative() ? " of administrators" : ""));
      String calls = paths.substring(path.end()).split("\n  /")[0];
      for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        assertThat(calls.contains("    " + method.toLowerCase(Locale.ROOT) + ":\n"))
            .as(method + path.group())
            .isEqualTo(route.target().takes(method));
      }
    }
    assertThat(named)
        .containsExactlyInAnyOrder(
            "KEYS",
            "KEY",
            "REISSUE",
            "EVENTS",
            "REVOKE",
            "OPEN_API",
            "ADMINISTRATION of administrators",
            "KEYS of administrators",
            "KEY of administrators",
            "REISSUE of administrators",
            "REVOCATIONS of administrators",
            "OWNER of administrators",
            "EVENTS of administrators");
  }

  /** Returns the names of the parameters of a call. */
  private static Set<String> parameters(String path) throws Exception {
    String call = openApi().split("\n  " + Pattern.quote(path) + ":\n")[1].split("\n  /")[0];
    Set<String> names = new TreeSet<>();
    for (MatchResult use :
        Pattern.compile("components/parameters/(\\w+)").matcher(call).results().toList()) {
      names.addAll(all("(?m)^    " + use.group(1) + ": \\{ name: (\\w+), in: query"));
    }
    return names;
  }

  @Test
  void documentNamesEveryParameter() throws Exception {
    assertThat(parameters("/api-keys/admin/keys"))
        .isEqualTo(new TreeSet<>(Filters.inPages(Filters.OF_KEYS)));
    assertThat(parameters("/api-keys/admin/events"))
        .isEqualTo(new TreeSet<>(Filters.inPages(Filters.OF_EVENTS)));
    assertThat(parameters("/api-keys/events"))
        .isEqualTo(new TreeSet<>(Filters.inPages(Filters.OF_OWN_EVENTS)));
    assertThat(parameters("/api-keys/admin/owner")).containsExactly("name");
  }

  /** Returns the members of a schema. */
  private static Set<String> members(String schema) throws Exception {
    String text = openApi().split("\n    " + schema + ":\n")[1].split("\n    \\w")[0];
    Set<String> names = new TreeSet<>();
    Pattern.compile("(?m)^        (\\w+): ")
        .matcher(text)
        .results()
        .forEach(m -> names.add(m.group(1)));
    return names;
  }

  @Test
  void documentNamesEveryMemberOfARequest() throws Exception {
    assertThat(members("KeyEdit")).isEqualTo(new TreeSet<>(RequestedKey.OF_ADD));
    assertThat(members("Reissue")).isEqualTo(new TreeSet<>(RequestedKey.OF_REISSUE));
    assertThat(members("KeyOfOwner")).isEqualTo(new TreeSet<>(AnyKeys.OF_ADD));
    assertThat(members("AnyKeyEdit")).isEqualTo(new TreeSet<>(AnyKeys.OF_EDIT));
    assertThat(members("AnyReissue")).isEqualTo(new TreeSet<>(AnyKeys.OF_REISSUE));
    assertThat(members("Revocation")).isEqualTo(new TreeSet<>(BulkRevocations.MEMBERS));
    assertThat(members("KeyFilter")).isEqualTo(new TreeSet<>(Filters.OF_KEYS));
    assertThat(members("OwnerEdit")).isEqualTo(new TreeSet<>(Owners.OF_CHANGE));
    assertThat(members("HeldKeys")).containsExactly("keys");
    assertThat(members("Deletion")).containsExactly(Administration.REASON);
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
