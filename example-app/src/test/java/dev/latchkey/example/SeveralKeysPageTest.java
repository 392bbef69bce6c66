package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where users may have several keys. */
class SeveralKeysPageTest extends PageTest {
  SeveralKeysPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @Override
  ApiKeysConfig.Builder configure(ApiKeysConfig.Builder config) {
    return config.maxKeysPerUser(3);
  }

  @Test
  void keysAreListedNewestFirstWithTheirActions() {
    Visitor alice = alice();
    String[] keys = new String[3];
    for (int i = 0; i < 3; i++) {
      advance(Duration.ofMinutes(1));
      keys[i] = alice.addKey("key " + i);
    }
    alice.openMenu();
    assertThat(alice.button("Add API key")).not().isVisible(); // no room
    alice.button("View my API key details").click();
    Locator list = alice.dialog("My API keys");
    assertThat(list.locator("dt:text-is('Description') + dd"))
        .hasText(new String[] {"key 2", "key 1", "key 0"});
    String hint = "lk_…" + keys[1].substring(keys[1].length() - 4);
    Locator second =
        list.getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName("API key " + hint));
    second.getByText("Delete").click();
    assertThat(alice.dialog("Delete API key?")).containsText("“\u2068key 1\u2069” (" + hint + ")");
    alice.button("Delete").click();
    assertThat(list.locator("dt:text-is('Description') + dd"))
        .hasText(new String[] {"key 2", "key 0"});
    Client caller = new Client(server.uri());
    assertThat(caller.whoami(keys[0]).status()).isEqualTo(200);
    assertThat(caller.whoami(keys[1]).status()).isEqualTo(401);
    assertThat(caller.whoami(keys[2]).status()).isEqualTo(200);
    assertThat(alice.button("Add API key")).isVisible(); // there is room again
  }

  @Test
  void expiredKeyBlocksAddingOnlyAtTheLimit() {
    Visitor alice = alice();
    alice.addKey("first");
    advance(Duration.ofDays(91));
    alice.choose("Add API key");
    assertThat(alice.label("Validity")).isVisible();
    alice.page.keyboard().press("Escape");
    alice.addKey("second");
    alice.addKey("third");
    alice.openMenu();
    assertThat(alice.page.getByText("An API key of yours has expired.")).isVisible();
    alice.button("Add API key").click();
    assertThat(alice.dialog("Add API key")).containsText("first");
    assertThat(alice.dialog("Add API key")).containsText("Delete or reissue it");
  }
}
