package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Route;
import dev.latchkey.test.caller.Chromium;
import dev.latchkey.test.caller.Visitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts that do what they had better not do, or at an awkward moment. */
@ExtendWith(Chromium.class)
class HostMishapsPageTest {
  private static final String PAGE =
      """
      <!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="/icon.svg">
      <script type="module" src="/api-keys/api-key-menu.js"></script></head>
      <body><h1>Shop</h1><api-key-menu>%s</api-key-menu></body></html>
      """;

  private static final String MENU = "document.querySelector('api-key-menu')";

  private final Browser browser;
  private HostServer host;

  HostMishapsPageTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeEach
  void start() throws Exception {
    host = new HostServer("mishaps", "/api-keys", "", false, UnaryOperator.identity());
    host.file("page.html", PAGE.formatted(""));
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private Visitor alice() {
    Visitor alice = new Visitor(browser, host.uri(), Instant.now(), PageTest.english());
    alice.open("/page.html");
    return alice;
  }

  /** Holds requests back, and lets others pass. */
  private static List<Route> held(Visitor visitor, String url) {
    List<Route> held = new ArrayList<>();
    visitor.page.route(url, held::add);
    return held;
  }

  private static void speak(Visitor visitor, String language) {
    visitor.page.evaluate("(language) => { document.documentElement.lang = language; }", language);
  }

  @Test
  void listenerThatReloadsDoesNotTakeTheKey() {
    try (Visitor alice = alice()) {
      List<String> asked = new ArrayList<>();
      alice.page.onDialog(
          dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
          });
      alice.page.evaluate(
          "document.addEventListener('api-key-added', () => location.reload(), { once: true })");
      alice.choose("Add API key");
      alice.button("Add").click();
      assertThat(alice.shownKey()).startsWith("lk_");
      alice.page.waitForCondition(() -> !asked.isEmpty());
      assertThat(asked).containsExactly("beforeunload");
      assertThat(alice.shownKey()).startsWith("lk_");
      alice.page.onDialog(Dialog::accept);
    }
  }

  @Test
  void keyOnShowIsNotReplacedByWhatTheHostOpenedBefore() {
    try (Visitor alice = alice()) {
      alice.openMenu();
      List<Route> words = held(alice, "**/words/es.js");
      speak(alice, "es");
      alice.page.evaluate("(() => { globalThis.opened = " + MENU + ".openDetails(); })()");
      alice.page.waitForCondition(() -> !words.isEmpty());
      alice.button("Add API key").click();
      alice.button("Add").click();
      String key = alice.shownKey();
      words.forEach(Route::resume);
      alice.page.evaluate("globalThis.opened");
      assertThat(alice.shownKey()).isEqualTo(key);
    }
  }

  @Test
  void failedMenuLeavesTheCheckOfAnOpenDialog() {
    try (Visitor alice = alice()) {
      alice.expectRefusals(Visitor.NO_ANSWER);
      List<Route> first = new ArrayList<>();
      alice.page.route(
          "**/api-keys",
          route -> {
            if (first.isEmpty()) {
              first.add(route);
            } else {
              route.resume();
            }
          });
      alice.button("Profile").click();
      alice.page.waitForCondition(() -> !first.isEmpty());
      alice.page.evaluate(MENU + ".openAdd()");
      assertThat(alice.dialog("Add API key")).containsText("alice");
      alice.page.evaluate(
          "(() => { globalThis.failed = new Promise((heard) =>"
              + " addEventListener('api-key-error', () => setTimeout(heard))); })()");
      first.get(0).abort();
      alice.page.evaluate("globalThis.failed");
      host.user = Optional.of("bob");
      alice.button("Add").click();
      assertThat(alice.dialog("Add API key")).containsText("Nothing was changed.");
    }
  }

  /** Else the dialog that she opened would add a key for him. */
  @Test
  void lateAnswerForAnotherUserChangesNoOpenDialog() {
    try (Visitor alice = alice()) {
      List<Route> first = new ArrayList<>();
      alice.page.route(
          "**/api-keys",
          route -> {
            if (first.isEmpty()) {
              first.add(route);
            } else {
              route.resume();
            }
          });
      alice.button("Profile").click();
      alice.page.waitForCondition(() -> !first.isEmpty());
      alice.page.evaluate(MENU + ".openAdd()");
      assertThat(alice.dialog("Add API key")).containsText("alice");
      host.user = Optional.of("bob");
      alice.page.waitForResponse("**/api-keys", () -> first.get(0).resume());
      alice.page.evaluate("new Promise((heard) => setTimeout(heard))");
      alice.button("Add").click();
      assertThat(alice.dialog("Add API key")).containsText("Nothing was changed.");
    }
  }

  @Test
  void noWordsAndNoHeadersAreNoMishap() {
    host.file("page.html", PAGE.formatted("<script type=\"application/json\">null</script>"));
    try (Visitor alice = alice()) {
      alice.page.evaluate(
          "Object.assign(" + MENU + ", { words: null, requestHeaders: undefined })");
      alice.page.evaluate(MENU + ".openAdd()");
      assertThat(alice.dialog("Add API key")).isVisible();
      alice.page.evaluate(
          """
          () => {
            const menu = document.createElement("api-key-menu");
            Object.assign(menu, { words: undefined, requestHeaders: null, lang: "es" });
            document.body.append(menu);
          }
          """);
      assertThat(alice.button("Perfil")).isAttached();
    }
  }

  @Test
  void lastLanguageCountsHoweverLateAnotherComes() {
    try (Visitor alice = alice()) {
      List<Route> words = held(alice, "**/words/es.js");
      speak(alice, "es");
      alice.page.waitForCondition(() -> !words.isEmpty());
      speak(alice, "ja");
      assertThat(alice.button("プロフィール")).isVisible();
      words.forEach(Route::resume);
      alice.page.evaluate("import('/api-keys/assets/words/es.js')");
      alice.page.evaluate("new Promise((done) => setTimeout(done))");
      assertThat(alice.button("プロフィール")).isVisible();
    }
  }

  @Test
  void languagesOfOtherPartsOfThePageChangeNothing() {
    try (Visitor alice = alice()) {
      alice.openMenu();
      alice.page.evaluate(
          "(() => { globalThis.spoke = 0; " + MENU + ".speak = () => { spoke++; }; })()");
      alice.page.evaluate(
          "(() => { document.querySelector('h1').lang = 'es'; return " + MENU + ".speaking; })()");
      alice.page.evaluate("new Promise((done) => setTimeout(done))");
      alice.page.evaluate(MENU + ".speaking");
      assertThat(alice.page.evaluate("spoke")).isEqualTo(0);
      speak(alice, "es");
      alice.page.waitForCondition(() -> alice.page.evaluate("spoke").equals(1));
    }
  }
}
