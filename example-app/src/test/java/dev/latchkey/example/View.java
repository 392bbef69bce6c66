package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.test.LongForm;
import dev.latchkey.test.caller.Looks;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** How a page is looked at: it is loaded once, and seen in one way after the other. */
enum View {
  LIGHT_1280(1280, 800, ColorScheme.LIGHT),
  DARK_360(360, 800, ColorScheme.DARK),
  /** A window of 1280 by 1024 whose page is enlarged to 400 %. */
  ZOOM_400(320, 256, ColorScheme.LIGHT),
  FORCED_COLOURS(1280, 800, ColorScheme.LIGHT),
  /** Upright paper, with a margin. */
  PRINT(718, 1000, ColorScheme.LIGHT);

  private final int width;
  private final int height;
  private final ColorScheme scheme;

  View(int width, int height, ColorScheme scheme) {
    this.width = width;
    this.height = height;
    this.scheme = scheme;
  }

  /** Each language with what is seen in it: all of them in the long form, else the first. */
  static Stream<Arguments> ofEachLanguage() {
    List<View> usual = List.of(LIGHT_1280, DARK_360);
    return Stream.of(
            Arguments.of("en", List.of(ZOOM_400, PRINT)),
            Arguments.of("ar", usual),
            Arguments.of("en", List.of(FORCED_COLOURS)),
            Arguments.of("de", usual),
            Arguments.of("fr", usual),
            Arguments.of("es", usual),
            Arguments.of("ja", usual))
        .limit(LongForm.choose(7, 1));
  }

  /** Judges a state in each view, and takes a picture. */
  static void look(Page page, String state, String language, List<View> views) {
    for (View view : views) {
      view.apply(page);
      String name = "%s-%s-%s".formatted(state, language, view).toLowerCase(Locale.ROOT);
      if (view.isJudgedIn(language)) {
        Looks.check(page, name);
      } else {
        Looks.fits(page, name);
      }
      assertThat(page.evaluate("document.getAnimations().length")).as(name).isEqualTo(0);
    }
    views.get(0).apply(page);
  }

  /** By axe-core, which would say the same of each language that is written like English. */
  private boolean isJudgedIn(String language) {
    return List.of("en", "ar").contains(language) && this != PRINT && this != DARK_360;
  }

  /** Forced colours are so from the start: Chromium takes some of them over only then. */
  Browser.NewContextOptions in(Browser.NewContextOptions options) {
    return options
        .setViewportSize(width, height)
        .setColorScheme(scheme)
        .setReducedMotion(ReducedMotion.REDUCE)
        .setForcedColors(forcedColors());
  }

  void apply(Page page) {
    page.setViewportSize(width, height);
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(scheme)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setForcedColors(forcedColors())
            .setMedia(this == PRINT ? Media.PRINT : Media.SCREEN));
  }

  private ForcedColors forcedColors() {
    return this == FORCED_COLOURS ? ForcedColors.ACTIVE : ForcedColors.NONE;
  }
}
