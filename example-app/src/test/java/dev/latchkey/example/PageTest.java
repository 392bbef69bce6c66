package dev.latchkey.example;

import com.microsoft.playwright.Browser;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.MutableClock;
import dev.latchkey.test.caller.Chromium;
import dev.latchkey.test.caller.Visitor;
import dev.latchkey.test.caller.Visitors;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The example, for people at browsers: with a clock that is theirs too, and an empty database. No
 * part of such a test waits for ever: every step of a browser has an end of its own.
 */
@ExtendWith({MariaDb.class, Chromium.class})
abstract class PageTest {
  static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");

  final MutableClock clock = new MutableClock(NOW);
  final Browser browser;
  final MariaDbServer mariaDb;
  private final Visitors visitors;
  ExampleServer server;

  PageTest(Browser browser, MariaDbServer mariaDb) {
    this.browser = browser;
    this.mariaDb = mariaDb;
    this.visitors = new Visitors(browser, clock);
  }

  /** What a test class wishes of the settings. */
  ApiKeysConfig.Builder configure(ApiKeysConfig.Builder config) {
    return config;
  }

  /** Who is logged in, and until when. */
  Logins logins() {
    return Logins.FORM_ONLY;
  }

  @BeforeEach
  void start() {
    start(mariaDb.url(mariaDb.newDatabase()));
  }

  final void start(String jdbcUrl) {
    ApiKeysConfig.Builder config =
        ApiKeysConfig.builder()
            .jdbcUrl(jdbcUrl)
            .jdbcUser(MariaDbServer.USER)
            .jdbcPassword(MariaDbServer.PASSWORD)
            .lastUsedFlushInterval(Duration.ofMillis(100))
            .clock(clock);
    server = ExampleServer.start(new ExampleOptions(0, configure(config).build()), logins());
  }

  @AfterEach
  void stop() {
    try {
      visitors.close();
    } finally {
      server.close();
    }
  }

  static Browser.NewContextOptions english() {
    return Visitors.english();
  }

  static Browser.NewContextOptions german() {
    return Visitors.german();
  }

  Visitor visitor(Browser.NewContextOptions options) {
    return visitor(server.uri(), options);
  }

  Visitor visitor(URI base, Browser.NewContextOptions options) {
    return visitors.open(base, options);
  }

  /** Another tab of the same browser. */
  Visitor otherTab(Visitor visitor) {
    return visitors.otherTab(visitor);
  }

  Visitor alice() {
    return visitor(english()).logIn("alice");
  }

  /** Moves the clocks of all. */
  void advance(Duration by) {
    visitors.advance(by);
  }
}
