package dev.latchkey.example;

import com.microsoft.playwright.Browser;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.LoginSession;
import dev.latchkey.example.saml.SamlLoginSession;
import dev.latchkey.example.saml.SamlOptions;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
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
  private final Deque<Visitor> visitors = new ArrayDeque<>();
  ExampleServer server;

  PageTest(Browser browser, MariaDbServer mariaDb) {
    this.browser = browser;
    this.mariaDb = mariaDb;
  }

  /** What a test class wishes of the settings. */
  ApiKeysConfig.Builder configure(ApiKeysConfig.Builder config) {
    return config;
  }

  /** Whether users may log in with SAML, and how. */
  @Nullable SamlOptions saml() {
    return null;
  }

  /** Who is logged in, and until when. */
  LoginSession loginSession() {
    return new SamlLoginSession();
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
    server =
        ExampleServer.start(
            new ExampleOptions(0, configure(config).build(), false, saml()), loginSession());
  }

  @AfterEach
  void stop() {
    try {
      while (!visitors.isEmpty()) {
        visitors.pop().close();
      }
    } finally {
      server.close();
    }
  }

  static Browser.NewContextOptions english() {
    return new Browser.NewContextOptions()
        .setLocale("en-US")
        .setTimezoneId("America/New_York")
        .setViewportSize(1280, 800);
  }

  static Browser.NewContextOptions german() {
    return new Browser.NewContextOptions()
        .setLocale("de-DE")
        .setTimezoneId("Europe/Berlin")
        .setViewportSize(360, 740);
  }

  Visitor visitor(Browser.NewContextOptions options) {
    return visitor(server.uri(), options);
  }

  Visitor visitor(URI base, Browser.NewContextOptions options) {
    Visitor visitor = new Visitor(browser, base, clock.instant(), options);
    visitors.push(visitor);
    return visitor;
  }

  /** Another tab of the same browser. */
  Visitor otherTab(Visitor visitor) {
    Visitor otherTab = new Visitor(visitor);
    visitors.addLast(otherTab);
    otherTab.at(clock.instant());
    return otherTab;
  }

  Visitor alice() {
    return visitor(english()).logIn("alice");
  }

  /** Moves the clocks of all. */
  void advance(Duration by) {
    clock.advance(by);
    visitors.forEach(visitor -> visitor.at(clock.instant()));
  }
}
