package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Visitor;
import org.junit.jupiter.api.Test;

/** The administrators' page by the keyboard alone, and the focus always somewhere sensible. */
class AdministrationKeyboardTest extends AdministrationPage {
  AdministrationKeyboardTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private static Locator link(Visitor admin, String name) {
    return admin.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  @Test
  void keysAreFoundAndRevokedAndTheAuditReadByKeyboardAlone() {
    Answer alices = keyOf("alice", "");
    Answer bobs = keyOf("bob", "");
    Visitor admin = administrator();
    Keyboard keyboard = admin.page.keyboard();
    for (Locator next :
        new Locator[] {
          link(admin, "My API keys"),
          link(admin, "Keys").last(),
          link(admin, "Audit trail"),
          admin.button("Revoke a leaked key"),
          admin.button("Look up an owner"),
          admin.button("Add API key"),
          label(filters(admin), "Owner"),
        }) {
      keyboard.press("Tab");
      assertThat(next).isFocused();
    }
    keyboard.type("alice");
    keyboard.press("Enter");
    assertThat(status(admin)).hasText("1 key on this page");
    assertThat(status(admin)).isFocused();
    keyboard.press("Tab");
    assertThat(admin.button("Revoke all that are found…")).isFocused();
    keyboard.press("Enter");
    Locator dialog = admin.dialog("Revoke all keys that are found");
    assertThat(label(dialog, "Type “revoke” to confirm")).isFocused();
    keyboard.press("Enter");
    assertThat(label(dialog, "Type “revoke” to confirm")).hasAttribute("aria-invalid", "true");
    assertThat(isLive(alices)).isTrue();
    keyboard.type("revoke");
    keyboard.press("Enter");
    assertThat(dialog).containsText("1 key was revoked.");
    assertThat(isLive(alices)).isFalse();
    keyboard.press("Escape");
    assertThat(status(admin)).hasText("0 keys on this page");
    assertThat(status(admin)).isFocused();

    admin.button("Revoke a leaked key").focus();
    keyboard.press("Space");
    Locator leaked = admin.dialog("Revoke a leaked key");
    assertThat(label(leaked, "API key, or its SHA-256")).isFocused();
    keyboard.insertText(bobs.get("key"));
    for (Locator next :
        new Locator[] {
          label(leaked, "Reason (optional)"), button(leaked, "Cancel"),
          button(leaked, "Look whose it is"), button(leaked, "Revoke"),
        }) {
      keyboard.press("Tab");
      assertThat(next).isFocused();
    }
    keyboard.press("Enter");
    assertThat(leaked).containsText("1 key was revoked.");
    assertThat(isLive(bobs)).isFalse();
    keyboard.press("Escape");
    assertThat(admin.button("Revoke a leaked key")).isFocused();

    keyboard.press("Shift+Tab");
    assertThat(link(admin, "Audit trail")).isFocused();
    keyboard.press("Enter");
    assertThat(status(admin)).hasText("4 events on this page");
    assertThat(status(admin)).isFocused();
  }
}
