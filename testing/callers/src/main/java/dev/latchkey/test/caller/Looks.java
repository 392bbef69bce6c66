package dev.latchkey.test.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** How a state of a page looks: to axe-core, to a narrow window, and to us. */
public final class Looks {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String AXE = axe();
  private static final int MENU_WIDTH = 330;
  private static final int HEIGHT = 360;

  private Looks() {}

  private static String axe() {
    try (InputStream in = Looks.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That nobody is shut out and nothing overflows; and a picture of the given name. */
  public static void check(Page page, String state) {
    assertThat(violations(page)).as("%s: violations", state).isEmpty();
    fits(page, state);
  }

  /**
   * Checks that nothing overflows, and takes a picture: for what differs by words from what was
   * checked.
   */
  public static void fits(Page page, String state) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("%s fits the window's width", state)
        .isEqualTo(0);
    Locator dialog = page.locator("dialog[open]");
    Path picture = PICTURES.resolve(state + ".png");
    if (dialog.isVisible()) {
      assertThat(dialog.evaluate("e => e.scrollWidth - e.clientWidth"))
          .as("%s fits the dialog's width", state)
          .isEqualTo(0);
      dialog.screenshot(new Locator.ScreenshotOptions().setPath(picture));
    } else if (state.startsWith("admin") || state.startsWith("list")) { // a page to scroll
      page.screenshot(new Page.ScreenshotOptions().setPath(picture).setFullPage(true));
    } else {
      int width = page.viewportSize().width;
      int shown = state.startsWith("menu") ? Math.min(width, MENU_WIDTH) : width;
      boolean isRightToLeft = page.locator("html[dir=rtl]").count() > 0; // then the menu is left
      int left = isRightToLeft ? 0 : width - shown;
      page.screenshot(
          new Page.ScreenshotOptions().setPath(picture).setClip(left, 0, shown, HEIGHT));
    }
  }

  /** Without the 4 ms that a browser makes of the timer between two of 90 rules. */
  @SuppressWarnings("unchecked")
  private static List<String> violations(Page page) {
    if (!(boolean) page.evaluate("'axe' in globalThis")) { // half a megabyte, once a document
      page.evaluate(AXE);
    }
    return (List<String>)
        page.evaluate(
            """
            async () => {
              const timer = window.setTimeout;
              window.setTimeout = (task, delay, ...values) =>
                delay ? timer(task, delay, ...values) : queueMicrotask(task);
              try {
                return (await axe.run({ resultTypes: ["violations"] })).violations.map(
                  (v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html + " " + n.failureSummary)}`);
              } finally {
                window.setTimeout = timer;
              }
            }
            """);
  }
}
