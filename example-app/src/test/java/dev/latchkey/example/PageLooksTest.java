package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitUntilState;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.EachLook;
import dev.latchkey.test.caller.Looks;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every state of the component, light and dark, wide and narrow: without a violation that axe-core
 * finds, without sideways scrolling, and with a picture to look at.
 */
class PageLooksTest extends PageTest {
  private static final int MAX_SCRIPT = 15 * 1024;

  private String suffix = "";

  PageLooksTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private void look(Visitor visitor, String state) {
    Looks.check(visitor.page, state + suffix);
  }

  @EachLook
  void everyStateIsAccessibleAndPhotographed(ColorScheme scheme, int width) {
    suffix = "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width;
    Visitor alice =
        visitor(
            (width > 360 ? english() : german())
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, 800));
    alice.expectRefusals(400, 401, 409);
    alice.open("/api-keys");
    look(alice, "not-logged-in");
    alice.open("/login");
    look(alice, "login");
    alice.logIn("alice");
    look(alice, "home");
    alice.openMenu();
    look(alice, "menu");
    alice.button("Add API key").click();
    look(alice, "add");
    alice.label("Validity").selectOption("Until a date…");
    alice.label("Last day").fill("2026-12-24");
    look(alice, "add-until-a-date");
    alice.label("Last day").fill("2030-01-01");
    alice.button("Add").click();
    assertThat(alice.label("Last day")).hasAttribute("aria-invalid", "true");
    look(alice, "add-wrong-date");
    alice.label("Description (optional)").fill("nightly export of all orders to the warehouse");
    alice.label("Validity").selectOption("7 days");
    alice.label("Rights").selectOption("Only what I choose");
    alice.button("Add").click();
    assertThat(alice.label("Rights")).hasAttribute("aria-invalid", "true");
    look(alice, "add-no-right");
    alice.label("Read your orders").check();
    look(alice, "add-limited");
    alice.button("Add").click();
    alice.shownKey();
    look(alice, "key");
    alice.page.keyboard().press("Escape");
    look(alice, "key-not-copied");
    alice.button("Copy to clipboard").click();
    assertThat(alice.page.getByText("✓ Copied")).isVisible();
    look(alice, "key-copied");
    alice.button("Close").click();

    alice.openMenu();
    look(alice, "menu-with-key");
    alice.button("View my API key details").click();
    look(alice, "details");
    alice.button("Edit").click();
    look(alice, "edit");
    alice.button("Cancel").click();
    alice.button("Reissue").click();
    look(alice, "reissue");
    alice.button("Cancel").click();
    alice.button("Delete").click();
    look(alice, "delete");
    alice.button("Cancel").click();
    alice.button("Close").click();

    advance(Duration.ofDays(8));
    alice.openMenu();
    look(alice, "menu-expired");
    alice.button("View my API key details").click();
    look(alice, "details-expired");
    alice.button("Edit").click();
    look(alice, "edit-expired");
    alice.button("Cancel").click();
    alice.button("Close").click();
    alice.choose("Add API key");
    look(alice, "add-refused");
    alice.button("Delete").click();
    alice.button("Delete").click();
    assertThat(alice.page.getByText("You have no API key.")).isVisible();
    look(alice, "details-none");
    alice.button("Add API key").click();
    otherTab(alice).addKey("from another tab");
    alice.button("Add").click();
    assertThat(alice.button("View my API key details")).isVisible();
    look(alice, "add-limit-reached");
    alice.page.keyboard().press("Escape");
    alice.page.context().clearCookies();
    alice.openMenu();
    look(alice, "menu-login-ended");
    alice.logIn("alice");
    alice.open("/api-keys");
    look(alice, "page");
  }

  /** A word without end. */
  @Test
  void narrowestScreenFitsTheDialog() {
    Visitor alice =
        visitor(english().setViewportSize(320, 640).setColorScheme(ColorScheme.DARK))
            .logIn("alice");
    alice.addKey("W".repeat(200));
    alice.choose("View my API key details");
    look(alice, "details-long-320");
    alice.button("Edit").click();
    look(alice, "edit-long-320");
    alice.button("Cancel").click();
    alice.button("Delete").click();
    look(alice, "delete-long-320");
  }

  /** Nothing but the font comes from the host's header bar; the menu stays within the window. */
  @Test
  void hostStylesDoNotLeakIn() {
    Visitor alice = visitor(english().setViewportSize(360, 400)).logIn("alice");
    alice.page.evaluate(
        """
        () => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`header { text-transform: uppercase; white-space: nowrap;
            letter-spacing: 3px; font-weight: 700; text-indent: 20px; position: fixed;
            bottom: 0; left: 0; right: 0; flex-direction: row-reverse; }`);
          document.adoptedStyleSheets = [sheet];
        }
        """);
    alice.openMenu();
    look(alice, "menu-at-the-bottom-left");
    Object box =
        alice
            .button("Add API key")
            .evaluate(
                "e => { const { left, top, right, bottom } = e.getBoundingClientRect();"
                    + " return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight; }");
    assertThat(box).isEqualTo(true);
    alice.button("Add API key").click();
    alice.button("Add").click();
    String key = alice.shownKey();
    look(alice, "key-under-a-loud-header");
    assertThat((String) alice.label("curl command").evaluate("e => e.innerText")).contains(key);
  }

  /** What a visit loads that does not open the menu, and one that does. */
  @Test
  void componentIsSmallAndLoadedByPart() {
    Visitor alice = visitor(english());
    List<Request> scripts = new ArrayList<>();
    alice.page.onRequestFinished(
        request -> {
          if (request.url().endsWith(".js")) {
            scripts.add(request);
          }
        });
    alice.logIn("alice");
    assertThat(alice.button("Profile")).isVisible();
    alice.page.waitForLoadState(LoadState.NETWORKIDLE);
    assertThat(size(scripts)).isPositive().isLessThan(MAX_SCRIPT);
    assertThat(scripts).hasSizeLessThanOrEqualTo(3);
    alice.choose("Add API key");
    assertThat(alice.dialog("Add API key")).isVisible();
    alice.page.waitForLoadState(LoadState.NETWORKIDLE);
    alice.page.waitForCondition(() -> size(scripts) > MAX_SCRIPT); // told after they have run
    assertThat(size(scripts)).isLessThan(2 * MAX_SCRIPT);
    Answer plain = new Client(server.uri()).get("api-keys/api-key-menu.js");
    assertThat(plain.header("Content-Encoding")).isNull();
    assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(plain.text()).contains("customElements.define");
  }

  /** The bytes that came over the wire, compressed. */
  private static int size(List<Request> requests) {
    return requests.stream().mapToInt(request -> request.sizes().responseBodySize).sum();
  }

  /** The page is painted before the component is there; nothing moves when it comes. */
  @ParameterizedTest
  @CsvSource({"/", "/api-keys"})
  void layoutDoesNotShiftWhenTheComponentLoads(String path) {
    Visitor alice = alice();
    List<Route> scripts = new ArrayList<>();
    alice.page.route("**/api-key-menu.js", scripts::add);
    alice.page.navigate(
        server.uri().resolve(path).toString(),
        new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
    alice.page.evaluate(
        """
        () => new Promise((resolve) => new PerformanceObserver(
          (list) => list.getEntriesByName("first-contentful-paint").length && resolve())
            .observe({ type: "paint", buffered: true }))
        """);
    alice.page.waitForCondition(() -> !scripts.isEmpty());
    assertThat(alice.page.evaluate("!!customElements.get('api-key-menu')")).isEqualTo(false);
    scripts.forEach(Route::resume);
    assertThat(alice.button("Profile")).isVisible();
    Object shift =
        alice.page.evaluate(
            """
            () => new Promise((resolve) => {
              let shift = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) shift += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(shift))));
            })
            """);
    assertThat(((Number) shift).doubleValue()).isZero();
  }
}
