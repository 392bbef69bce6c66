package dev.latchkey.test.caller;

import com.microsoft.playwright.Browser;
import dev.latchkey.test.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The visitors of one test, who go by the same clock. */
public final class Visitors implements AutoCloseable {
  private final Browser browser;
  private final MutableClock clock;
  private final Deque<Visitor> all = new ArrayDeque<>();

  /** No visitors yet. */
  public Visitors(Browser browser, MutableClock clock) {
    this.browser = browser;
    this.clock = clock;
  }

  /** Returns the context of a wide window in New York. */
  public static Browser.NewContextOptions english() {
    return new Browser.NewContextOptions()
        .setLocale("en-US")
        .setTimezoneId("America/New_York")
        .setViewportSize(1280, 800);
  }

  /** Returns the context of a telephone in Berlin. */
  public static Browser.NewContextOptions german() {
    return new Browser.NewContextOptions()
        .setLocale("de-DE")
        .setTimezoneId("Europe/Berlin")
        .setViewportSize(360, 740);
  }

  /** Opens a browser for a visitor of a server. */
  public Visitor open(URI base, Browser.NewContextOptions options) {
    Visitor visitor = new Visitor(browser, base, clock.instant(), options);
    all.push(visitor);
    return visitor;
  }

  /** Opens another tab of the same browser. */
  public Visitor otherTab(Visitor visitor) {
    Visitor otherTab = new Visitor(visitor);
    all.addLast(otherTab);
    otherTab.at(clock.instant());
    return otherTab;
  }

  /** Moves the clocks of all. */
  public void advance(Duration by) {
    clock.advance(by);
    all.forEach(visitor -> visitor.at(clock.instant()));
  }

  @Override
  public void close() {
    while (!all.isEmpty()) {
      all.pop().close();
    }
  }
}
