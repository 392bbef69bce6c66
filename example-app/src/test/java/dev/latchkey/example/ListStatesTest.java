package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list in each language, and for those who see otherwise or have no mouse. */
class ListStatesTest extends ListPage {
  ListStatesTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @ParameterizedTest
  @MethodSource("dev.latchkey.example.View#ofEachLanguage")
  void everyStateIsForEverybody(String language, List<View> views) {
    Catalogue words = Catalogue.of(language);
    Visitor alice = visitor(views.get(0).in(english()).setLocale(language)).logIn("alice");
    Page page = alice.page;
    open(alice);
    assertThat(page.locator("html")).hasAttribute("dir", words.text("direction"));
    View.look(page, "list-none", language, views);
    Client script = alicesScript();
    script.add("{\"description\":\"nightly export of all orders to the warehouse\"}");
    open(alice);
    View.look(page, "list-one", language, views);
    script.add("{\"expiresInDays\":3}");
    clock.advance(Duration.ofSeconds(1));
    script.add("{\"description\":\"CI\",\"scopes\":[\"orders:read\",\"read\"]}");
    open(alice);
    String side = words.text("direction").equals("rtl") ? "right" : "start";
    assertThat(row(alice, "CI").locator("bdi.clamped")).hasCSS("text-align", side);
    toggle(row(alice, "CI")).click();
    list(alice).locator("summary").click();
    assertThat(list(alice).locator(".history time").first()).isAttached();
    View.look(page, "list-opened", language, views);
    alice.label(words.text("list.search")).fill("none of them");
    assertThat(rows(alice)).hasCount(0);
    View.look(page, "list-searched", language, views);
    advance(Duration.ofDays(4));
    script.add("{}");
    script.add("{}");
    open(alice);
    View.look(page, "list-full", language, views);
  }

  @Test
  void keyIsFoundAndDeletedByKeyboardAlone() {
    Client script = alicesScript();
    script.add("{\"description\":\"weekly report\"}");
    clock.advance(Duration.ofSeconds(1));
    script.add("{\"description\":\"CI\"}");
    Visitor alice = open(alice());
    Keyboard keyboard = alice.page.keyboard();
    for (Locator next :
        new Locator[] {
          alice.page.getByRole(AriaRole.LINK),
          alice.button("Profile"),
          button(list(alice), "Add API key"),
          alice.label("Search"),
          button(list(alice), "Description"),
          button(list(alice), "Status"),
          button(list(alice), "Rights"),
          button(list(alice), "Last used"),
          button(list(alice), "Expires"),
          toggle(row(alice, "CI")),
        }) {
      keyboard.press("Tab");
      assertThat(next).isFocused();
    }
    keyboard.press("Enter");
    for (String next : new String[] {"Edit", "Reissue", "Delete"}) {
      keyboard.press("Tab");
      assertThat(button(list(alice), next)).isFocused();
    }
    keyboard.press("Space");
    assertThat(alice.page.locator("dialog[open]")).isVisible();
    keyboard.press("Escape");
    assertThat(button(list(alice), "Delete")).isFocused();
    keyboard.press("Enter");
    Locator dialog = alice.page.locator("dialog[open]");
    assertThat(button(dialog, "Cancel")).isVisible();
    while (!(boolean) button(dialog, "Delete").evaluate("e => e.matches(':focus')")) {
      keyboard.press("Tab");
    }
    keyboard.press("Enter");
    assertThat(rows(alice)).hasCount(0); // the only one left is no row
    assertThat(list(alice)).containsText("weekly report");
    assertThat(list(alice)).not().containsText("CI");
  }
}
