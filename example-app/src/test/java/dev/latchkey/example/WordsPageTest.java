package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The menu and its dialogs in everybody's language, and nothing of another beside it. */
class WordsPageTest extends PageTest {
  private static final String MENU = "api-key-menu";
  private static final String ADDRESS = "2001:db8::42:1";

  WordsPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  static List<Catalogue> languages() {
    return Catalogue.all().toList();
  }

  /** A page without a language of its own. */
  private Visitor visitorWhoReads(String locale) {
    Visitor alice = visitor(english().setLocale(locale)).logIn("alice");
    alice.page.evaluate("document.documentElement.lang = ''");
    return alice;
  }

  private static Locator dialog(Visitor visitor) {
    return visitor.page.locator("api-key-menu dialog");
  }

  private static void openMenu(Visitor visitor, Catalogue words) {
    visitor.button(words.text("menu.profile")).click();
    assertThat(visitor.page.getByText(words.text("menu.loading"))).not().isVisible();
  }

  private static void press(Visitor visitor, Catalogue words, String name) {
    visitor.button(words.text(name)).click();
  }

  /** All that can be read, a text a line. */
  private static Set<String> read(Visitor visitor) {
    String text =
        (String)
            visitor
                .page
                .locator(MENU)
                .evaluate("e => [...e.shadowRoot.children].map((c) => c.innerText).join('\\n')");
    return Arrays.stream(text.split("\n")).map(String::strip).collect(Collectors.toSet());
  }

  private static void assertNoEnglish(Visitor visitor, Catalogue words) {
    if (!words.language().equals("en")) {
      Set<String> foreign = Catalogue.of("en").sentences();
      foreign.removeAll(words.sentences());
      assertThat(read(visitor)).doesNotContainAnyElementsOf(foreign);
    }
    assertThat(dialog(visitor)).hasAttribute("lang", words.language());
    assertThat(dialog(visitor)).hasAttribute("dir", words.text("direction"));
  }

  /** An address is read from left to right in any sentence. */
  @Test
  void addressIsNotReorderedInArabic() {
    Catalogue words = Catalogue.of("ar");
    Visitor alice = visitorWhoReads("ar");
    openMenu(alice, words);
    press(alice, words, "menu.add");
    press(alice, words, "add");
    press(alice, words, "close");
    alice.page.route("**/api-keys", WordsPageTest::usedFromAddress);
    openMenu(alice, words);
    press(alice, words, "menu.details");
    assertThat(dialog(alice)).containsText(ADDRESS);
    assertThat(isFromLeftToRight(dialog(alice))).isTrue();
    press(alice, words, "delete");
    assertThat(dialog(alice).locator("p", withAddress())).isVisible();
    assertThat(isFromLeftToRight(dialog(alice))).isTrue();
  }

  private static Locator.LocatorOptions withAddress() {
    return new Locator.LocatorOptions().setHasText(ADDRESS);
  }

  private static void usedFromAddress(Route route) {
    APIResponse response = route.fetch();
    String used =
        response
            .text()
            .replace("\"lastUsedAt\":null", "\"lastUsedAt\":\"2026-11-23T03:00:00Z\"")
            .replace("\"lastUsedFrom\":null", "\"lastUsedFrom\":\"" + ADDRESS + "\"");
    route.fulfill(new Route.FulfillOptions().setResponse(response).setBody(used));
  }

  private static boolean isFromLeftToRight(Locator root) {
    return (boolean)
        root.evaluate(
            """
            (root, address) => {
              const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
              while (walker.nextNode() && !walker.currentNode.data.includes(address));
              const { currentNode: text } = walker;
              const begin = text.data.indexOf(address);
              const lefts = [...address].map((_, index) => {
                const range = document.createRange();
                range.setStart(text, begin + index);
                range.setEnd(text, begin + index + 1);
                return range.getBoundingClientRect().left;
              });
              return lefts.every((left, index) => index === 0 || left > lefts[index - 1]);
            }
            """,
            ADDRESS);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyStepIsInTheUsersLanguage(Catalogue words) {
    Visitor alice = visitorWhoReads(words.language());
    openMenu(alice, words);
    press(alice, words, "menu.add");
    assertNoEnglish(alice, words);
    alice.label(words.text("description")).fill("x".repeat(201));
    alice.label(words.text("validity")).selectOption("7");
    alice.expectRefusals(400);
    press(alice, words, "add");
    String error = words.text("error.description");
    assertThat(alice.page.locator("api-key-menu #description-error"))
        .containsText(
            error.substring(0, error.contains("{") ? error.indexOf('{') : error.length()));
    alice.label(words.text("description")).fill("");
    press(alice, words, "add");
    assertThat(alice.dialog(words.text("secret.title"))).isVisible();
    assertNoEnglish(alice, words);
    alice.page.keyboard().press("Escape");
    assertThat(alice.page.getByText(words.text("secret.notCopied"))).isVisible();
    press(alice, words, "close");

    openMenu(alice, words);
    press(alice, words, "menu.details");
    assertThat(alice.dialog(words.plural("details.title", "one"))).isVisible();
    assertNoEnglish(alice, words);
    press(alice, words, "edit");
    assertNoEnglish(alice, words);
    press(alice, words, "cancel");
    press(alice, words, "reissue");
    assertNoEnglish(alice, words);
    press(alice, words, "cancel");
    press(alice, words, "delete");
    assertNoEnglish(alice, words);
    press(alice, words, "cancel");
    press(alice, words, "close");

    advance(Duration.ofDays(8));
    openMenu(alice, words);
    assertThat(alice.page.getByText(words.plural("menu.expired", "one"))).isVisible();
    press(alice, words, "menu.add");
    assertNoEnglish(alice, words);
    press(alice, words, "delete");
    press(alice, words, "delete");
    assertThat(alice.page.getByText(words.text("details.none"))).isVisible();
    press(alice, words, "close");

    alice.expectRefusals(400, 401);
    alice.page.context().clearCookies();
    openMenu(alice, words);
    assertThat(alice.page.getByText(words.text("problem.not-logged-in"))).isVisible();
  }

  /** As everybody writes them, who reads the words beside them. */
  @ParameterizedTest
  @CsvSource({
    "en-US, February 20, 2027",
    "en-GB, 20 February 2027",
    "de, 20. Februar 2027",
    "fr, 20 février 2027",
    "es, 20 de febrero de 2027",
    "ja, 2027年2月20日",
    "ar, فبراير"
  })
  void datesAreInTheLanguageOfTheWords(String locale, String date) {
    Catalogue words = Catalogue.of(locale.substring(0, 2));
    Visitor alice = visitorWhoReads(locale);
    openMenu(alice, words);
    press(alice, words, "menu.add");
    assertThat(alice.page.locator("api-key-menu output")).containsText(date);
  }

  @Test
  void languageOfThePageComesBeforeTheBrowsersAndIsFollowed() {
    Visitor alice = visitor(english().setLocale("de-DE")).logIn("alice");
    assertThat(alice.button("Profile")).isVisible(); // the example's page is English
    alice.page.evaluate("document.querySelector('header').lang = 'fr-CA'");
    assertThat(alice.button("Profil")).isVisible();
    openMenu(alice, Catalogue.of("fr"));
    assertThat(alice.button("Ajouter une clé API")).isVisible();
    alice.page.keyboard().press("Escape");
    alice.page.evaluate("document.querySelector('api-key-menu').lang = 'ja'");
    assertThat(alice.button("プロフィール")).isVisible();
    alice.page.evaluate("document.querySelector('api-key-menu').lang = ''");
    alice.page.evaluate("document.querySelector('header').lang = 'xx'"); // nobody's
    assertThat(alice.button("Profil")).isVisible(); // German now, by the browser
    openMenu(alice, Catalogue.of("de"));
    assertThat(alice.button("API-Schlüssel hinzufügen")).isVisible();
  }

  /** In a shadow tree, the language is that of the tree's host, or of what stands around it. */
  @Test
  void languageIsFollowedAcrossShadowTrees() {
    Visitor alice = alice();
    alice.page.evaluate(
        """
        () => {
          const outer = document.createElement("div");
          outer.id = "outer";
          outer.lang = "es";
          outer.attachShadow({ mode: "open" }).append(document.querySelector("api-key-menu"));
          document.body.prepend(outer);
        }
        """);
    assertThat(alice.button("Perfil")).isVisible();
    alice.page.evaluate("document.querySelector('#outer').lang = 'ar'");
    assertThat(alice.button("الملف الشخصي")).isVisible();
  }

  /** What is written from left to right stays so, in sentences from right to left. */
  @Test
  void arabicIsWrittenFromRightToLeft() {
    Catalogue arabic = Catalogue.of("ar");
    Visitor alice = visitorWhoReads("ar");
    openMenu(alice, arabic);
    assertThat(direction(alice, ".own")).isEqualTo("rtl");
    press(alice, arabic, "menu.add");
    assertThat(direction(alice, "dialog")).isEqualTo("rtl");
    alice.label(arabic.text("description")).fill("C++ (nightly)");
    press(alice, arabic, "add");
    assertThat(direction(alice, "textarea")).isEqualTo("ltr");
    for (Locator command : alice.page.locator("api-key-menu pre").all()) {
      assertThat(command.evaluate("e => getComputedStyle(e).direction")).isEqualTo("ltr");
    }
    press(alice, arabic, "close");
    openMenu(alice, arabic);
    press(alice, arabic, "menu.details");
    assertThat(direction(alice, "dl")).isEqualTo("rtl");
    press(alice, arabic, "delete");
    assertThat(alice.page.locator("api-key-menu dialog p").first())
        .containsText("\u2068C++ (nightly)\u2069");
    press(alice, arabic, "cancel");
  }

  private static Object direction(Visitor visitor, String selector) {
    return visitor
        .page
        .locator("api-key-menu " + selector)
        .evaluate("e => getComputedStyle(e).direction");
  }
}
