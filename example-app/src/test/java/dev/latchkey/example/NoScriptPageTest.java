package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Route;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Visitor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where the component never comes: what the host put into it is there all the same. */
class NoScriptPageTest extends PageTest {
  private static final String SCRIPT = "**/api-key-menu.js";

  NoScriptPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @Test
  void logOutWorksWithoutScripts() {
    Visitor alice = visitor(english().setJavaScriptEnabled(false)).logIn("alice");
    assertThat(alice.page.locator("noscript p")).isVisible();
    alice.button("Log out").click();
    assertThat(alice.button("Log in")).isVisible();
  }

  @Test
  void servletsPageSaysWhatItNeedsAndLeadsBack() {
    Visitor alice = visitor(english().setJavaScriptEnabled(false)).logIn("alice");
    alice.open("/api-keys");
    assertThat(alice.page.locator("noscript p")).hasText("This page needs JavaScript.");
    alice.page.getByText("Back to the application").click();
    alice.button("Log out").click();
    assertThat(alice.button("Log in")).isVisible();
  }

  /** As with blockers of scripts, lost connections, and browsers of another time. */
  @Test
  void logOutWorksWithoutTheComponent() {
    Visitor alice = alice();
    alice.expectRefusals(Visitor.NO_ANSWER);
    alice.page.route(SCRIPT, Route::abort);
    alice.page.reload();
    assertThat(alice.button("Log out")).not().isVisible(); // it might still come
    alice.page.evaluate("document.getAnimations().forEach((animation) => animation.finish())");
    alice.button("Log out").click();
    assertThat(alice.button("Log in")).isVisible();
  }

  @Test
  void readmeRecommendsTheSame() throws Exception {
    String sheet = Files.readString(Path.of("src/main/resources/dev/latchkey/example/style.css"));
    String rule = sheet.substring(sheet.indexOf("@media (scripting"));
    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains(rule.substring(0, rule.indexOf("api-key-menu button")));
  }
}
