package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys that are limited to scopes, as users see them. */
class ScopesPageTest extends PageTest {
  ScopesPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private final List<String> scopes =
      new ArrayList<>(
          List.of("read = Read everything", "orders:write = Place orders", "admin = Administer"));
  private String[] scopeRoles = {"admin = admin"};

  @Override
  ApiKeysConfig.Builder configure(ApiKeysConfig.Builder config) {
    return config
        .scopes(scopes.toArray(String[]::new))
        .scopeRules("* /api/orders = orders:write", "* /api/whoami = read")
        .scopeRoles(scopeRoles)
        .ownerRoles(owners -> Map.of("alice", Set.of("user")));
  }

  private static Locator rights(Visitor visitor) {
    return visitor.dialog("My API key details").locator("dt:text-is('May only') + dd");
  }

  @Test
  void keysHaveAllRightsUnlessTheyAreLimited() {
    Visitor alice = alice();
    alice.choose("Add API key");
    assertThat(alice.label("Rights")).hasValue("all");
    assertThat(alice.label("Place orders")).not().isVisible();
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Copy to clipboard").click();
    alice.button("Close").click();
    assertThat(new Client(server.uri()).whoami(key).status()).isEqualTo(200);
    alice.choose("View my API key details");
    assertThat(rights(alice)).not().isVisible();
  }

  @Test
  void aLimitedKeyMayDoWhatWasChosen() {
    Visitor alice = alice();
    alice.choose("Add API key");
    alice.label("Rights").selectOption("some");
    assertThat(alice.label("Administer")).isDisabled();
    assertThat(alice.dialog("Add API key").locator("fieldset"))
        .containsText("You lack the role that this needs.");
    alice.button("Add").click();
    assertThat(alice.dialog("Add API key").locator("#rights-error"))
        .hasText("Choose at least one thing that the key may do.");
    alice.label("Place orders").check();
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Copy to clipboard").click();
    alice.button("Close").click();
    Client caller = new Client(server.uri());
    assertThat(caller.whoami(key).status()).isEqualTo(403);

    alice.choose("View my API key details");
    assertThat(rights(alice)).hasText("Place orders");
    alice.button("Edit").click();
    assertThat(alice.label("Place orders")).isChecked();
    alice.label("Description (optional)").fill("orders");
    alice.button("Save").click();
    assertThat(rights(alice)).hasText("Place orders"); // what is not touched stays
    alice.button("Edit").click();
    alice.label("Read everything").check();
    alice.button("Save").click();
    assertThat(rights(alice)).hasText("Read everythingPlace orders");
    assertThat(caller.whoami(key).status()).isEqualTo(200);
    alice.button("Edit").click();
    alice.label("Rights").selectOption("all");
    alice.button("Save").click();
    assertThat(rights(alice)).not().isVisible();
  }

  /** What an application has no more, and what its owner may give no more, is the key's still. */
  @Test
  void rightsThatCannotBeGivenAnyMoreStayUntilTheyAreTakenAway() {
    server.close();
    String url = mariaDb.url(mariaDb.newDatabase());
    scopes.add("reports = Make reports");
    scopeRoles = new String[0];
    start(url);
    Visitor before = alice();
    before.choose("Add API key");
    before.label("Rights").selectOption("some");
    for (String right : List.of("Place orders", "Administer", "Make reports")) {
      before.label(right).check();
    }
    before.button("Add").click();
    before.shownKey();
    before.button("Close").click();
    server.close();
    scopes.remove("reports = Make reports");
    scopeRoles = new String[] {"admin = admin"};
    start(url);

    Visitor alice = alice();
    alice.choose("View my API key details");
    assertThat(rights(alice)).hasText("Place ordersAdministerreports (is no more)");
    alice.button("Edit").click();
    alice.label("Description (optional)").fill("orders");
    alice.button("Save").click();
    assertThat(alice.dialog("My API key details")).containsText("Saved.");
    assertThat(rights(alice)).hasText("Place ordersAdministerreports (is no more)");

    alice.button("Edit").click();
    alice.label("Administer").uncheck();
    alice.label("reports (is no more)").uncheck();
    alice.button("Save").click();
    assertThat(rights(alice)).hasText("Place orders");
  }
}
