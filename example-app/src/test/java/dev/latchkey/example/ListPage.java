package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;

/** The servlet's own page: the list of one's own keys. */
abstract class ListPage extends PageTest {
  int maxKeys = 5;

  ListPage(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @Override
  ApiKeysConfig.Builder configure(ApiKeysConfig.Builder config) {
    return config.maxKeysPerUser(maxKeys);
  }

  final void restartWithMaxKeys(int count) {
    server.close();
    maxKeys = count;
    start();
  }

  /** Adds keys from elsewhere. */
  final Client alicesScript() {
    return Client.loggedIn(server.uri(), "alice");
  }

  /** Opens the page, and waits until the list is there. */
  static Visitor open(Visitor visitor) {
    visitor.open("/api-keys");
    assertThat(list(visitor).locator("[data-action], table").first()).isAttached();
    return visitor;
  }

  static Locator list(Visitor visitor) {
    return visitor.page.locator("api-key-list");
  }

  static Locator rows(Visitor visitor) {
    return list(visitor).locator("tr.key");
  }

  /** By the whole description: a short one may by chance be part of another key's hint. */
  static Locator row(Visitor visitor, String description) {
    Locator named =
        visitor.page.locator(
            "td.description > :first-child:text-is(\"%s\")".formatted(description));
    return rows(visitor).filter(new Locator.FilterOptions().setHas(named));
  }

  static Locator descriptions(Visitor visitor) {
    return rows(visitor).locator("td.description > :first-child");
  }

  static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator toggle(Locator row) {
    return row.locator("button[aria-expanded]");
  }

  static Locator head(Visitor visitor, String name) {
    return list(visitor)
        .getByRole(
            AriaRole.COLUMNHEADER, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
