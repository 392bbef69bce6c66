package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Keyboard;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import org.junit.jupiter.api.Test;

/** Everything by the keyboard, and the focus always somewhere sensible. */
class KeyboardPageTest extends PageTest {
  KeyboardPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @Test
  void keyIsAddedViewedAndDeletedByKeyboardAlone() {
    Visitor alice = alice();
    alice.allowClipboard();
    Keyboard keyboard = alice.page.keyboard();
    assertThat(alice.button("Profile")).isVisible(); // keys do not wait for it
    keyboard.press("Tab");
    assertThat(alice.button("Profile")).isFocused();
    assertThat(alice.button("Profile")).hasAttribute("aria-expanded", "false");
    keyboard.press("Enter");
    assertThat(alice.button("Profile")).hasAttribute("aria-expanded", "true");
    assertThat(alice.button("Add API key")).isVisible();
    keyboard.press("ArrowDown");
    assertThat(alice.button("Add API key")).isFocused();
    keyboard.press("ArrowDown");
    assertThat(alice.button("Log out")).isFocused();
    keyboard.press("ArrowDown");
    assertThat(alice.button("Add API key")).isFocused();
    keyboard.press("Escape");
    assertThat(alice.button("Add API key")).not().isVisible();
    assertThat(alice.button("Profile")).isFocused();

    keyboard.press("Space");
    assertThat(alice.button("Add API key")).isVisible();
    keyboard.press("Tab");
    keyboard.press("Enter");
    assertThat(alice.label("Description (optional)")).isFocused();
    keyboard.type("by keyboard");
    keyboard.press("Tab");
    assertThat(alice.label("Validity")).isFocused();
    keyboard.type("30");
    keyboard.press("Tab");
    assertThat(alice.label("Rights")).isFocused();
    keyboard.press("Tab");
    assertThat(alice.button("Cancel")).isFocused();
    keyboard.press("Shift+Tab");
    keyboard.press("Shift+Tab");
    keyboard.press("Shift+Tab");
    keyboard.press("Enter");
    assertThat(alice.button("Copy to clipboard")).isFocused();
    keyboard.press("Enter");
    assertThat(alice.page.getByText("Copied")).isVisible();
    assertThat(alice.button("Copy to clipboard")).isFocused();
    String key = alice.shownKey();
    assertThat(alice.clipboard()).isEqualTo(key);
    keyboard.press("Escape");
    assertThat(alice.button("Profile")).isFocused();
    assertThat(new Client(server.uri()).whoami(key).header("API-Key-Expires"))
        .isEqualTo("Wed, 23 Dec 2026 04:00:00 GMT");

    keyboard.press("Enter");
    assertThat(alice.button("View my API key details")).isVisible();
    keyboard.press("Home");
    assertThat(alice.button("View my API key details")).isFocused();
    keyboard.press("Enter");
    for (String button : new String[] {"Edit", "Reissue", "Delete"}) {
      keyboard.press("Tab");
      assertThat(alice.button(button)).isFocused();
    }
    keyboard.press("Enter");
    assertThat(alice.dialog("Delete API key?")).isVisible();
    keyboard.press("Tab");
    assertThat(alice.button("Cancel")).isFocused();
    keyboard.press("Tab");
    keyboard.press("Enter");
    assertThat(alice.dialog("My API key details")).containsText("You have no API key.");
    keyboard.press("Escape");
    assertThat(alice.button("Profile")).isFocused();
    assertThat(new Client(server.uri()).whoami(key).status()).isEqualTo(401);
  }
}
