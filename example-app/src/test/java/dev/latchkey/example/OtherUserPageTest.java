package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a key is for: said before and after, and no other than it said. */
class OtherUserPageTest extends PageTest {
  private static final String TAKEN_OVER =
      "In another tab \u2068bob\u2069 has logged in instead of \u2068alice\u2069.";

  OtherUserPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private static Locator alert(Visitor visitor) {
    return visitor.page.getByRole(AriaRole.ALERT);
  }

  private static String inTheNameOf(String user) {
    return "The key acts in the name of \u2068" + user + "\u2069.";
  }

  @Test
  void dialogsNameTheUser() {
    Visitor alice = alice();
    alice.choose("Add API key"); // she has no key yet
    assertThat(alice.dialog("Add API key")).containsText(inTheNameOf("alice"));
    alice.button("Add").click();
    assertThat(alice.dialog("Your API key")).containsText(inTheNameOf("alice"));
    alice.button("Close").click();
    alice.choose("View my API key details");
    alice.button("Reissue").click();
    assertThat(alice.dialog("Reissue API key")).containsText(inTheNameOf("alice"));
    alice.button("Reissue").click();
    assertThat(alice.dialog("Your API key")).containsText(inTheNameOf("alice"));
  }

  @Test
  void keyIsNotAddedForAnotherUser() {
    Visitor alice = alice();
    alice.choose("Add API key");
    Visitor bob = otherTab(alice).logIn("bob");
    alice.button("Add").click();
    assertThat(alert(alice)).containsText(TAKEN_OVER + " Nothing was changed.");
    bob.openMenu();
    assertThat(bob.button("View my API key details")).not().isVisible(); // he has none
    alice.button("Reload the page").click();
    assertThat(alice.page.getByRole(AriaRole.HEADING)).hasText("Hello, bob");
    alice.choose("Add API key");
    assertThat(alice.dialog("Add API key")).containsText(inTheNameOf("bob"));
    alice.button("Add").click();
    assertThat(new Client(server.uri()).whoami(alice.shownKey()).get("user")).isEqualTo("bob");
  }

  /** However closely the other follows. */
  @Test
  void keyAddedForAnotherUserSaysSo() {
    Visitor alice = alice();
    List<Route> posts = new ArrayList<>();
    alice.page.route(
        "**/api-keys",
        route -> {
          if (route.request().method().equals("POST")) {
            posts.add(route);
          } else {
            route.resume();
          }
        });
    alice.choose("Add API key");
    alice.button("Add").click();
    alice.page.waitForCondition(() -> !posts.isEmpty());
    otherTab(alice).logIn("bob");
    posts.forEach(Route::resume);
    assertThat(new Client(server.uri()).whoami(alice.shownKey()).get("user")).isEqualTo("bob");
    assertThat(alice.dialog("Your API key")).containsText(TAKEN_OVER);
    assertThat(alice.dialog("Your API key")).containsText(inTheNameOf("bob"));
  }

  @ParameterizedTest
  @CsvSource({"Edit, Save", "Reissue, Reissue", "Delete, Delete"})
  void keyIsNotChangedByAnotherUser(String open, String press) {
    Visitor alice = alice();
    alice.expectRefusals(404);
    String key = alice.addKey("hers");
    alice.choose("View my API key details");
    alice.button(open).click();
    otherTab(alice).logIn("bob");
    alice.button(press).click();
    assertThat(alert(alice)).containsText(TAKEN_OVER + " Nothing was changed.");
    assertThat(alice.button("Reload the page")).isVisible();
    assertThat(new Client(server.uri()).whoami(key).get("user")).isEqualTo("alice");
  }

  /** The menu is as fresh as its last opening. */
  @Test
  void openingTheMenuReloadsTheUser() {
    Visitor alice = alice();
    alice.addKey("hers");
    otherTab(alice).logIn("bob");
    alice.choose("Add API key"); // as bob, who has none
    assertThat(alice.dialog("Add API key")).containsText(inTheNameOf("bob"));
  }

  /** Refused for another reason: what is looked up then is still about the same user. */
  @Test
  void recoveryActionDoesNotShowAnotherUsersKeys() {
    Visitor alice = alice();
    alice.expectRefusals(409);
    alice.choose("Add API key");
    otherTab(alice).addKey("from another tab");
    alice.button("Add").click();
    assertThat(alert(alice)).containsText("You have as many API keys as you may have.");
    otherTab(alice).logIn("bob");
    alice.button("View my API key details").click();
    assertThat(alert(alice)).containsText(TAKEN_OVER);
    assertThat(alice.dialog("My API key details")).not().containsText("You have no API key.");
  }
}
