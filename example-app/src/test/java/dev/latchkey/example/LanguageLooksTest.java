package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Looks;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How the menu and its dialogs look in each language, and to those who see otherwise: without a
 * violation that axe-core finds, without sideways scrolling, and with a picture.
 */
class LanguageLooksTest extends PageTest {
  private String suffix = "";

  LanguageLooksTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  /** The longest words and the other direction always; all languages where there is time. */
  static Stream<Arguments> languagesAndWidths() {
    List<String> languages =
        List.of("de", "ar", "fr", "es", "ja", "en").subList(0, LongForm.choose(6, 2));
    return languages.stream()
        .flatMap(
            language ->
                Stream.of(360, 1280)
                    .limit(LongForm.choose(2, 1))
                    .map(width -> Arguments.of(language, width)));
  }

  private void look(Visitor visitor, String state) {
    Looks.check(visitor.page, state + suffix);
  }

  private static void press(Visitor visitor, Catalogue words, String name) {
    visitor.button(words.text(name)).click();
  }

  private static void openMenu(Visitor visitor, Catalogue words) {
    press(visitor, words, "menu.profile");
    assertThat(visitor.page.getByText(words.text("menu.loading"))).not().isVisible();
  }

  private Visitor visitorWhoReads(String language, Browser.NewContextOptions options) {
    Visitor alice = visitor(options.setLocale(language)).logIn("alice");
    speak(alice, language);
    return alice;
  }

  /** The example's page is English: it is told to be another, for axe-core and the menu. */
  private static void speak(Visitor alice, String language) {
    alice.page.evaluate(
        "([language, dir]) => Object.assign(document.documentElement, { lang: language, dir })",
        List.of(language, Catalogue.of(language).text("direction")));
  }

  @ParameterizedTest
  @MethodSource("languagesAndWidths")
  void everyStateFitsInEveryLanguage(String language, int width) {
    suffix = "-" + language + "-" + width;
    Visitor alice =
        visitorWhoReads(
            language, english().setReducedMotion(ReducedMotion.REDUCE).setViewportSize(width, 800));
    walk(alice, Catalogue.of(language));
  }

  private void walk(Visitor alice, Catalogue words) {
    openMenu(alice, words);
    look(alice, "menu");
    press(alice, words, "menu.add");
    alice.label(words.text("validity")).selectOption("date");
    press(alice, words, "add");
    assertThat(alice.label(words.text("validity.lastDay"))).hasAttribute("aria-invalid", "true");
    look(alice, "add-wrong-date");
    alice.label(words.text("validity")).selectOption("7");
    alice.label(words.text("scopes")).selectOption("some");
    look(alice, "add");
    alice.label(words.text("scopes")).selectOption("all");
    press(alice, words, "add");
    assertThat(alice.dialog(words.text("secret.title"))).isVisible();
    look(alice, "key");
    alice.page.keyboard().press("Escape");
    look(alice, "key-not-copied");
    press(alice, words, "close");

    openMenu(alice, words);
    look(alice, "menu-with-key");
    press(alice, words, "menu.details");
    look(alice, "details");
    press(alice, words, "edit");
    look(alice, "edit");
    press(alice, words, "cancel");
    press(alice, words, "reissue");
    look(alice, "reissue");
    press(alice, words, "cancel");
    press(alice, words, "delete");
    look(alice, "delete");
    press(alice, words, "cancel");
    press(alice, words, "close");

    advance(Duration.ofDays(8));
    openMenu(alice, words);
    look(alice, "menu-expired");
    press(alice, words, "menu.add");
    look(alice, "add-refused");
    press(alice, words, "cancel");
  }

  /** A window of 1280 by 1024 whose page is enlarged to 400 %. */
  @Test
  void everyStateFitsAt400Percent() {
    suffix = "-zoom-400";
    walk(
        visitorWhoReads("de", english().setViewportSize(320, 256).setDeviceScaleFactor(4)),
        Catalogue.of("de"));
  }

  @Test
  void everyStateIsSeenInForcedColours() {
    suffix = "-forced-colours";
    walk(visitorWhoReads("en", english().setForcedColors(ForcedColors.ACTIVE)), Catalogue.of("en"));
  }

  /** A page on paper has no button for a menu; a dialog that is open is printed whole. */
  @Test
  void paperShowsWhatIsRead() {
    Visitor alice = alice();
    alice.addKey("for the paper");
    alice.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(alice.button("Profile")).not().isVisible();
    alice.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    alice.choose("View my API key details");
    alice.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    look(alice, "details-print");
    assertThat(alice.button("Edit")).not().isVisible();
    assertThat(alice.page.getByText("for the paper")).isVisible();
  }

  /** Nothing moves for those who do not want it. */
  @Test
  void nothingMovesWithReducedMotion() {
    Visitor alice = visitor(english().setReducedMotion(ReducedMotion.REDUCE)).logIn("alice");
    alice.openMenu();
    alice.button("Add API key").click();
    assertThat(alice.page.evaluate("document.getAnimations().length")).isEqualTo(0);
  }
}
