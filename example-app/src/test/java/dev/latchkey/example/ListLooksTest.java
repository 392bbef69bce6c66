package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Looks;
import dev.latchkey.test.caller.Visitor;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state of the list, as {@link PageLooksTest} does with the menu. */
class ListLooksTest extends ListPage {
  ListLooksTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 360", "DARK, 360"})
  void everyStateIsAccessibleAndPhotographed(ColorScheme scheme, int width) {
    String suffix = "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
    Visitor alice =
        visitor(
                english()
                    .setColorScheme(scheme)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setViewportSize(width, 800))
            .logIn("alice");
    open(alice);
    Looks.check(alice.page, "list-none" + suffix);
    Client script = alicesScript();
    script.add("{\"description\":\"nightly export of all orders to the warehouse\"}");
    Looks.check(open(alice).page, "list-one" + suffix);
    script.add("{\"expiresInDays\":3}");
    script.add("{\"description\":\"CI\",\"scopes\":[\"orders:read\",\"read\"]}");
    script.add("{\"description\":\"%s\",\"expiresInDays\":30}".formatted("W".repeat(200)));
    Looks.check(open(alice).page, "list-several" + suffix);
    toggle(row(alice, "CI")).click();
    list(alice).getByText("What was done with this key").click();
    assertThat(list(alice).getByText("Added").last()).isVisible();
    button(list(alice), "Description").click();
    Looks.check(alice.page, "list-opened" + suffix);
    alice.label("Search").fill("nightly");
    Looks.check(alice.page, "list-searched" + suffix);
    script.add("{\"description\":\"the last\"}");
    advance(Duration.ofDays(4));
    Looks.check(open(alice).page, "list-full" + suffix);
  }
}
