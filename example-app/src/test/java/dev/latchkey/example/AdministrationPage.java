package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.util.regex.Pattern;

/** The administrators' page in a browser, and what its tests do there. */
abstract class AdministrationPage extends PageTest {
  static final String PATH = "/api-keys/admin";
  private static final Pattern COUNTED = Pattern.compile("^\\d.* on this page$");

  AdministrationPage(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  /** Returns an administrator, who issues keys too, at the page. */
  final Visitor administrator() {
    return administrator(english());
  }

  final Visitor administrator(Browser.NewContextOptions options) {
    return open(visitor(options).logIn("admin"), "");
  }

  static Visitor open(Visitor admin, String query) {
    admin.open(PATH + query);
    assertLoaded(admin);
    return admin;
  }

  static void assertLoaded(Visitor admin) {
    assertThat(status(admin)).hasText(COUNTED);
  }

  /** Adds a key, and returns the answer. */
  final Answer keyOf(String user, String description) {
    Answer added =
        Client.loggedIn(server.uri(), user).add("{\"description\": \"" + description + "\"}");
    if (added.status() != 201) {
      throw new AssertionError(added.text());
    }
    return added;
  }

  /** Adds a key of an owner without a login. */
  final Answer keyOfService(Client admin, String owner, String description) {
    Answer added =
        admin.json(
            "POST",
            "api-keys/admin/keys",
            "{\"owner\": \"%s\", \"service\": true, \"description\": \"%s\"}"
                .formatted(owner, description));
    if (added.status() != 201) {
      throw new AssertionError(added.text());
    }
    return added;
  }

  final boolean isLive(Answer key) {
    return new Client(server.uri()).whoami(key.get("key")).status() == 200;
  }

  /** What is said of the list. */
  static Locator status(Visitor admin) {
    return admin.page.locator("api-key-administration .found p");
  }

  static Locator rows(Visitor admin) {
    return admin.page.locator("api-key-administration tr[data-tag]");
  }

  static Locator row(Visitor admin, Answer key) {
    return admin.page.locator("api-key-administration tr[data-tag='%s']".formatted(key.get("tag")));
  }

  /** What is below a row that is open. */
  static Locator opened(Visitor admin) {
    return admin.page.locator("api-key-administration tr.opened");
  }

  static Locator details(Visitor admin, Answer key) {
    return row(admin, key).getByRole(AriaRole.BUTTON).last();
  }

  static void openRow(Visitor admin, Answer key) {
    details(admin, key).click();
    assertThat(opened(admin)).isVisible();
  }

  static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  static void press(Locator within, String button) {
    button(within, button).click();
  }

  static Locator label(Locator within, String text) {
    return within.getByLabel(text, new Locator.GetByLabelOptions().setExact(true));
  }

  static Locator filters(Visitor admin) {
    return admin.page.getByRole(AriaRole.SEARCH);
  }

  static void search(Visitor admin) {
    press(filters(admin), "Search");
    assertLoaded(admin);
  }

  static void moreFilters(Visitor admin) {
    admin.page.getByText("More filters", new Page.GetByTextOptions().setExact(true)).click();
  }
}
