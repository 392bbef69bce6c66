package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.Scope;
import dev.latchkey.test.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What limited keys may do, in a real container. */
class ScopesTest {
  private static final KeyOwner ALICE = KeyOwner.of("alice");

  private ScopedApplication application;

  @BeforeEach
  void start() throws Exception {
    application = new ScopedApplication();
  }

  @AfterEach
  void stop() {
    application.close();
  }

  private Answer call(IssuedKey key, String method, String path) throws Exception {
    return application.caller(key).call(method, path).send();
  }

  private void assertRefused(Answer answer, String challenge, String scopes) {
    answer.assertProblem(403, "insufficient-scope");
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"API\", error=\"insufficient_scope\"" + challenge);
    assertThat(answer.json().path("scopes").toString()).isEqualTo(scopes);
    assertThat(answer.header("API-Key-Expires")).as("a live key").isNotNull();
  }

  @Test
  void limitedKeyDoesWhatItsScopesAllow() throws Exception {
    IssuedKey key = application.limitedTo("open");
    assertThat(key.key().scopes()).containsExactly("open");
    assertThat(call(key, "POST", "api/open/1").text()).isEqualTo("open [open] [SCOPE_open, user]");
    assertRefused(call(key, "GET", "api/orders"), ", scope=\"orders\"", "[\"orders\"]");
    assertRefused(call(key, "GET", "api/orders/1"), ", scope=\"orders\"", "[\"orders\"]");
    assertRefused(call(key, "GET", "elsewhere"), ", scope=\"read\"", "[\"read\"]");
    assertRefused(call(key, "GET", "a.txt"), ", scope=\"read\"", "[\"read\"]");
    assertRefused(call(key, "POST", "elsewhere"), "", "");
    assertRefused(call(key, "POST", "a.txt"), "", "");
    assertThat(application.apiKeys.stats().requests())
        .containsEntry("accepted", 1L)
        .containsEntry("insufficient-scope", 6L);
  }

  @Test
  void keyThatIsNotLimitedDoesEverything() throws Exception {
    IssuedKey key = application.add(KeyRequest.create());
    assertThat(key.key().scopes()).isNull();
    assertThat(call(key, "POST", "elsewhere").text())
        .isEqualTo("others null [SCOPE_open, SCOPE_orders, user]");
    assertThat(call(key, "GET", "api/admin").text()).startsWith("admin");
  }

  @Test
  void spellingOfAPathDoesNotLeadToARuleOfAWiderOne() throws Exception {
    IssuedKey key = application.limitedTo("read");
    assertThat(call(key, "GET", "elsewhere").status()).isEqualTo(200);
    for (String path :
        List.of(
            "api/orders/1",
            "api/%6frders/1",
            "api/orders;x=1/1",
            "%61pi/orders/1",
            "api/orders/",
            "api/orders;")) {
      assertThat(call(key, "GET", path).status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void noRoleWidensAKey() throws Exception {
    application.roles.put("alice", Set.of("user", "SCOPE_orders", "SCOPE_gone"));
    assertThat(call(application.limitedTo("open"), "GET", "api/open").text())
        .isEqualTo("open [open] [SCOPE_open, user]");
  }

  /** What the application forwards to is its own act. */
  @Test
  void forwardIsNotJudgedAgain() throws Exception {
    IssuedKey key = application.limitedTo("open");
    assertThat(call(key, "GET", "api/open?forward=/api/orders/1").text()).startsWith("orders");
  }

  @Test
  void scopesAreEditedAndKeptByAReissue() throws Exception {
    IssuedKey key = application.limitedTo("open");
    String tag = key.key().tag();
    assertThat(call(key, "GET", "api/open").status()).isEqualTo(200);
    application
        .apiKeys
        .service()
        .edit(ALICE, tag, KeyRequest.create().withScopes(List.of("orders", "open")));
    assertThat(call(key, "GET", "api/orders").text()).startsWith("orders");
    application
        .apiKeys
        .service()
        .edit(ALICE, tag, KeyRequest.create().withDescription("scopes stay"));
    IssuedKey next =
        application.apiKeys.service().reissue(ALICE, tag, KeyRequest.create(), Duration.ofHours(1));
    assertThat(next.key().scopes()).containsExactly("orders", "open");
    assertThat(call(next, "GET", "elsewhere").status()).isEqualTo(403);
    assertThat(call(key, "GET", "elsewhere").status()).as("in its grace").isEqualTo(403);
    application
        .apiKeys
        .service()
        .edit(ALICE, next.key().tag(), KeyRequest.create().withAllRights());
    assertThat(call(next, "POST", "elsewhere").text()).startsWith("others null");
    IssuedKey narrowed =
        application
            .apiKeys
            .service()
            .reissue(
                ALICE,
                next.key().tag(),
                KeyRequest.create().withScopes(List.of("open")),
                Duration.ZERO);
    assertThat(call(narrowed, "GET", "elsewhere").status()).isEqualTo(403);
  }

  @Test
  void scopeThatNeedsARoleIsOnlyForThoseWhoHaveIt() throws Exception {
    assertThatThrownBy(() -> application.limitedTo("admin"))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("scopes"))
        .hasMessage("must not hold admin, for which the key's owner lacks the role");
    application.roles.put("bob", Set.of("administrator"));
    KeyOwner bob = KeyOwner.of("bob");
    IssuedKey key =
        application
            .apiKeys
            .service()
            .add(bob, KeyRequest.create().withScopes(List.of("admin", "open")));
    assertThat(call(key, "GET", "api/admin").text()).startsWith("admin");
    assertThat(application.apiKeys.service().policy(bob).scopes().stream().map(Scope::isGrantable))
        .containsExactly(true, true, true, true);
    assertThat(
            application.apiKeys.service().policy(ALICE).scopes().stream().map(Scope::isGrantable))
        .containsExactly(true, true, false, true);
  }

  @Test
  void keyIsLimitedToKnownScopesAlone() {
    for (List<String> wrong : List.of(List.of("raed"), List.<String>of(), List.of("open", "a b"))) {
      assertThatThrownBy(() -> application.add(KeyRequest.create().withScopes(wrong)))
          .isInstanceOfSatisfying(
              InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("scopes"));
    }
  }
}
