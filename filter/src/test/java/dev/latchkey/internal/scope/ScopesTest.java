package dev.latchkey.internal.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.ApiKeyPrincipal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
  private static final List<String> DECLARED =
      List.of(
          "read = Read only", "orders:read=Read orders", "orders:write = Place = orders", "x = X");
  private static final Scopes SCOPES =
      Scopes.of(
          DECLARED,
          List.of(
              "GET,HEAD /api/orders = orders:read read",
              "* /api/orders = orders:write",
              "DELETE /api/orders = x",
              "PATCH /api/things/* = x",
              "*   /api/things/*   =   orders:write   read",
              "GET /* = read"),
          List.of());

  private static ApiKeyPrincipal limitedTo(@Nullable Set<String> scopes, String... roles) {
    return new ApiKeyPrincipal("alice", "tag", Set.of(roles), scopes);
  }

  private static @Nullable String missing(Scopes scopes, ApiKeyPrincipal key, String request) {
    String[] parts = request.split(" ");
    List<String> whole = scopes.missing(key, parts[0], parts[1], "");
    for (int i = 0; i <= parts[1].length(); i++) {
      List<String> split =
          scopes.missing(key, parts[0], parts[1].substring(0, i), parts[1].substring(i));
      assertThat(split).as(request + " parted at " + i).isEqualTo(whole);
    }
    return whole == null ? "passes" : "needs " + String.join(" ", whole);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/orders, read, passes",
    "GET /api/orders/, read, passes",
    "GET /api/orders, orders:read, passes",
    "GET /api/orders, orders:write, needs orders:read read",
    "POST /api/orders, orders:write, passes",
    "POST /api/orders, read, needs orders:write",
    "get /api/orders, read, needs orders:write",
    "DELETE /api/orders, x, needs orders:write",
    "GET /api/orders/1, read, passes",
    "GET /api/orders/1, orders:read, needs read",
    "POST /api/orders/1, orders:write, 'needs '",
    "PATCH /api/things, x, passes",
    "PATCH /api/things/1, read, needs x",
    "GET /api/things/1, read, passes",
    "GET /api/thingsx, orders:write, needs read",
    "GET /, read, passes",
    "PUT /, read, 'needs '",
    "GET /api/orders, gone, needs orders:read read",
    "GET /api/orders, READ, needs orders:read read"
  })
  void firstPatternThatCoversThePathCounts(String request, String held, String expected) {
    assertThat(missing(SCOPES, limitedTo(Set.of(held)), request)).isEqualTo(expected);
    assertThat(missing(SCOPES, limitedTo(Set.of(held, "gone too")), request)).isEqualTo(expected);
    assertThat(missing(SCOPES, limitedTo(null), request)).as("not limited").isEqualTo("passes");
    assertThat(missing(SCOPES, limitedTo(Set.of()), request)).startsWith("needs");
  }

  /** A path that was forgotten is closed to limited keys, not open. */
  @Test
  void whereNoRuleCoversThePathALimitedKeyIsRefused() {
    for (List<String> rules : List.of(List.<String>of(), List.of("* /api/* = read"))) {
      Scopes scopes = Scopes.of(DECLARED, rules, List.of());
      assertThat(missing(scopes, limitedTo(Set.of("read")), "GET /x")).isEqualTo("needs ");
      assertThat(missing(scopes, limitedTo(null), "GET /x")).isEqualTo("passes");
    }
  }

  @Test
  void ownerNeedsTheRoleOfAScope() {
    Scopes scopes =
        Scopes.of(
            List.of("read = Read", "admin = All", "owner = All"),
            List.of("* /a/* = admin owner", "* /* = read admin"),
            List.of("admin = administrator", "owner = owner"));
    ApiKeyPrincipal key = limitedTo(Set.of("admin"), "administrator");
    assertThat(missing(scopes, key, "GET /a/b")).isEqualTo("passes");
    assertThat(missing(scopes, limitedTo(Set.of("admin")), "GET /a/b"))
        .as("nothing would do")
        .isEqualTo("needs ");
    assertThat(missing(scopes, limitedTo(Set.of("admin"), "owner"), "GET /a/b"))
        .isEqualTo("needs owner");
    assertThat(missing(scopes, limitedTo(Set.of("admin")), "GET /x")).isEqualTo("needs read");
    assertThat(scopes.has(key, "admin")).isTrue();
    assertThat(scopes.has(key, "read")).isFalse();
    assertThat(scopes.has(limitedTo(Set.of("admin")), "admin")).isFalse();
    assertThat(scopes.has(limitedTo(null), "admin")).as("lacks the role").isFalse();
    assertThat(scopes.has(limitedTo(null), "read")).isTrue();
    assertThat(scopes.has(limitedTo(null), "gone")).as("not declared").isFalse();
    assertThat(scopes.grantable(Set.of("owner")).stream().map(scope -> scope.isGrantable()))
        .containsExactly(true, false, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "read",
        "= x",
        "read =",
        "re ad = x",
        "read\u00e4 = x",
        "read, x = y",
        "\"r\" = x"
      })
  void lineThatDeclaresNothingIsNone(String line) {
    assertThat(ScopeLines.isNamed(line)).isFalse();
  }

  @Test
  void namesHaveUpTo64Characters() {
    assertThat(ScopeLines.isNamed("a".repeat(64) + " = x")).isTrue();
    assertThat(ScopeLines.isNamed("a".repeat(65) + " = x")).isFalse();
    assertThat(ScopeLines.isNamed("A-Za-z0-9._:/- = x")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /x",
        "GET /x =",
        "/x = read",
        "GET = read",
        "GET x = read",
        "GET /x/** = read",
        "GET /*/x = read",
        "GET,, /x = read",
        ",GET /x = read",
        "*,GET /x = read",
        "GET /x = re,ad",
        "G(T /x = read"
      })
  void lineThatIsNoRuleIsNone(String line) {
    assertThat(ScopeLines.isRule(line)).isFalse();
  }

  @Test
  void whatIsNotDeclaredStopsTheStart() {
    assertThatThrownBy(() -> Scopes.of(DECLARED, List.of("* /* = raed"), List.of()))
        .hasMessage(
            "scopeRules names the scope raed, which scopes does not declare; declared are: read,"
                + " orders:read, orders:write, x");
    assertThatThrownBy(() -> Scopes.of(DECLARED, List.of(), List.of("raed = user")))
        .hasMessageStartingWith("scopeRoles names the scope raed,");
    assertThatThrownBy(() -> Scopes.of(List.of("a = x", "a = y"), List.of(), List.of()))
        .hasMessage("scopes has two lines for the scope a; keep one");
  }
}
