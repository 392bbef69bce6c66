package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import dev.latchkey.ApiKeys;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Looks;
import dev.latchkey.test.caller.Visitor;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Hosts, names and descriptions that are written from right to left. */
class DirectionPageTest extends PageTest {
  /** Right to left, with brackets and marks that turn what follows if they get out. */
  private static final String OWNER = "דנה (לוד)\u202e\u2069";

  private static final String DESCRIPTION = "ייצוא \"לילי\" (א)\u202e\u2069!";

  /** A user's name, whatever the container says. */
  private static final Logins DANA =
      new Logins() {
        @Override
        public Optional<Instant> endsAt(HttpServletRequest request) {
          return Optional.empty();
        }

        @Override
        public ServletContainerInitializer servlets(ApiKeys apiKeys, URI base) {
          return (classes, servlets) ->
              servlets
                  .addFilter("dana", new HeaderLogin(request -> OWNER))
                  .addMappingForUrlPatterns(
                      EnumSet.of(DispatcherType.REQUEST), false, "/api-keys/*");
        }
      };

  private Logins logins = super.logins();

  DirectionPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @Override
  Logins logins() {
    return logins;
  }

  private Visitor atHostFromRightToLeft(Browser.NewContextOptions options) {
    Visitor alice = visitor(options).logIn("alice");
    alice.page.evaluate("document.documentElement.dir = 'rtl'");
    return alice;
  }

  /** The letters of each block of a text, line by line, that stand to the left of one before. */
  @SuppressWarnings("unchecked")
  private static List<String> backwards(Locator root) {
    return (List<String>)
        root.evaluate(
            """
            (root) => [...root.querySelectorAll("p, pre, dt, dd, h2, h3, label, output, strong, button")]
              .flatMap((block) => {
                const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                const out = [];
                let last;
                while (walker.nextNode()) {
                  const { currentNode: text } = walker;
                  for (let i = 0; i < text.length; i++) {
                    const range = document.createRange();
                    range.setStart(text, i);
                    range.setEnd(text, i + 1);
                    const box = range.getBoundingClientRect();
                    if (box.width === 0) continue;
                    if (last && Math.abs(last.top - box.top) < 5 && box.left < last.left) {
                      out.push(`${block.localName}: ${text.data.slice(i)} of ${block.textContent}`);
                      return out;
                    }
                    last = box;
                  }
                }
                return out;
              })
            """);
  }

  private static void assertReadsFromLeftToRight(Visitor visitor) {
    assertThat(backwards(visitor.page.locator("api-key-menu dialog"))).isEmpty();
    assertThat(
            visitor
                .page
                .locator("api-key-menu dialog")
                .evaluate("e => getComputedStyle(e).direction"))
        .isEqualTo("ltr");
  }

  @Test
  void dialogsReadLeftToRight() {
    Visitor alice = atHostFromRightToLeft(english());
    alice.expectRefusals(404);
    alice.openMenu();
    Looks.check(alice.page, "right-to-left-menu");
    alice.button("Add API key").click();
    assertReadsFromLeftToRight(alice);
    alice.label("Validity").selectOption("Until a date…");
    alice.button("Add").click();
    assertThat(alice.label("Last day")).hasAttribute("aria-invalid", "true");
    assertReadsFromLeftToRight(alice);
    alice.label("Validity").selectOption("7 days");
    alice.button("Add").click();
    alice.shownKey();
    alice.page.keyboard().press("Escape");
    assertReadsFromLeftToRight(alice);
    assertThat(alice.label("API key").evaluate("e => getComputedStyle(e).direction"))
        .isEqualTo("ltr");
    Looks.check(alice.page, "key-right-to-left");
    alice.button("Close").click();
    alice.choose("View my API key details");
    assertReadsFromLeftToRight(alice);
    Looks.check(alice.page, "details-right-to-left");
    for (String action : new String[] {"Edit", "Reissue", "Delete"}) {
      alice.button(action).click();
      assertReadsFromLeftToRight(alice);
      alice.button("Cancel").click();
    }
    alice.button("Delete").click();
    Visitor otherTab = otherTab(alice);
    otherTab.choose("View my API key details");
    otherTab.button("Delete").click();
    otherTab.button("Delete").click();
    assertThat(otherTab.page.getByText("You have no API key.")).isVisible();
    alice.button("Delete").click();
    assertThat(alice.page.getByText("This API key is gone")).isVisible();
    assertReadsFromLeftToRight(alice);
  }

  /** The host's own entries stay as the host writes them, and the menu's begin on the same side. */
  @Test
  void menuFollowsTheHostsSide() {
    Visitor alice = atHostFromRightToLeft(english());
    alice.addKey("");
    alice.openMenu();
    assertThat(backwards(alice.page.locator("api-key-menu .menu"))).isEmpty();
    assertThat(
            alice.button("View my API key details").evaluate("e => getComputedStyle(e).textAlign"))
        .isEqualTo("right");
    assertThat(alice.button("Log out").evaluate("e => getComputedStyle(e).direction"))
        .isEqualTo("rtl");
    alice.page.evaluate("document.documentElement.dir = 'ltr'");
    assertThat(
            alice.button("View my API key details").evaluate("e => getComputedStyle(e).textAlign"))
        .isEqualTo("start");
  }

  /** One sentence never mixes languages, whatever the browser prefers. */
  @Test
  void datesAreInTheLanguageOfTheWords() {
    Visitor alice =
        atHostFromRightToLeft(english().setLocale("ar-EG").setTimezoneId("Africa/Cairo"));
    alice.addKey("");
    alice.choose("View my API key details");
    Locator expires = alice.dialog("My API key details").locator("dt:text-is('Expires') + dd");
    assertThat(expires.locator("time")).containsText("February 21, 2027");
    assertThat(expires).containsText("in 90 days");
    assertReadsFromLeftToRight(alice);
  }

  @Test
  void namesAndDescriptionsDoNotReorderOurSentences() {
    server.close();
    logins = DANA;
    start();
    Visitor dana = alice();
    dana.choose("Add API key");
    assertSentence(dana, "The key acts in the name of ", ".");
    dana.label("Description (optional)").fill(DESCRIPTION);
    assertThat(dana.label("Description (optional)")).hasCSS("direction", "rtl");
    dana.button("Add").click();
    dana.shownKey();
    assertSentence(dana, "The key acts in the name of ", ".");
    Looks.check(dana.page, "key-of-dana");
    dana.button("Close").click();
    dana.choose("View my API key details");
    Locator description =
        dana.dialog("My API key details").locator("dt:text-is('Description') + dd");
    assertThat(description).hasText(DESCRIPTION);
    dana.button("Delete").click();
    assertSentence(dana, "Whatever uses the key “", "” (lk_");
    assertSentence(dana, "” (lk_", "stops working at once.");
  }

  /** That one part of a sentence stands before another, from the left or on a later line. */
  private static void assertSentence(Visitor visitor, String first, String second) {
    assertThat(
            visitor
                .page
                .locator("api-key-menu dialog p")
                .filter(new Locator.FilterOptions().setHasText(first))
                .first()
                .evaluate(
                    """
                    (p, [first, second]) => {
                      const text = [...p.childNodes].find((node) => node.data?.includes(first));
                      const box = (part, from) => {
                        const range = document.createRange();
                        const at = text.data.indexOf(part, from);
                        range.setStart(text, at);
                        range.setEnd(text, at + part.length);
                        return [at + part.length, [...range.getClientRects()]];
                      };
                      const [end, before] = box(first, 0);
                      const [, after] = box(second, end);
                      return after[0].top > before.at(-1).top + 5 || before.at(-1).right <= after[0].left;
                    }
                    """,
                    List.of(first, second)))
        .as("%s … %s", first, second)
        .isEqualTo(true);
  }
}
