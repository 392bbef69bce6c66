package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.latchkey.test.caller.Chromium;
import dev.latchkey.test.caller.NodeFolder;
import dev.latchkey.test.caller.Visitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/page.md promises hosts, in plain HTML and in a page that is made with React. */
@ExtendWith(Chromium.class)
class HostPagesTest {
  private static final Path FOLDER = Path.of("..", "testing", "hosts", "pages");
  private static final String CHANGES = "ol > li";

  private final Browser browser;

  HostPagesTest(Browser browser) {
    this.browser = browser;
  }

  private static String read(String name) throws Exception {
    return Files.readString(FOLDER.resolve(name));
  }

  private static HostServer host(String name) throws Exception {
    HostServer host = new HostServer(name, "/api-keys", "", true, UnaryOperator.identity());
    host.file("plain.html", read("plain.html"));
    host.file("plain-page.js", read("plain-page.js"));
    return host;
  }

  private Visitor visitor(HostServer host, String page) {
    Visitor visitor = new Visitor(browser, host.uri(), Instant.now(), PageTest.english());
    visitor.allowClipboard();
    visitor.open(page);
    return visitor;
  }

  private static Locator changes(Visitor visitor) {
    return visitor.page.locator(CHANGES);
  }

  private static void assertHeard(Visitor visitor, int count, String... parts) {
    assertThat(changes(visitor)).hasCount(count);
    for (String part : parts) {
      assertThat(changes(visitor).last()).containsText(part);
    }
  }

  @Test
  void plainPageHearsOfEachChangeAndOfProblemsWithoutASecret() throws Exception {
    try (HostServer host = host("plain");
        Visitor alice = visitor(host, "/plain.html")) {
      alice.expectRefusals(401);
      List<String> secrets = new ArrayList<>();
      alice.button("Open add").click();
      alice.label("Description (optional)").fill("for the robot");
      alice.button("Add").click();
      secrets.add(alice.shownKey());
      assertHeard(
          alice,
          1,
          "\"name\":\"added\",\"from\":\"api-key-menu\",\"bubbles\":true,\"composed\":true",
          "\"description\":\"for the robot\"",
          "\"tag\":");
      alice.button("Copy to clipboard").click();
      alice.button("Close").click();

      alice.button("Open details").click();
      alice.button("Edit").click();
      alice.label("Description (optional)").fill("for two robots");
      alice.button("Save").click();
      assertHeard(alice, 2, "\"name\":\"edited\"", "\"description\":\"for two robots\"");
      alice.button("Reissue").click();
      alice.button("Reissue").click();
      secrets.add(alice.shownKey());
      assertHeard(alice, 3, "\"name\":\"reissued\"", "\"previousTag\":");
      alice.button("Copy to clipboard").click();
      alice.button("Close").click();

      alice.button("Open details").click();
      alice.button("Delete").click();
      alice.button("Delete").click();
      assertHeard(alice, 4, "\"name\":\"deleted\"", "\"description\":\"for two robots\"");
      alice.button("Close").click();

      host.user = java.util.Optional.empty();
      alice.button("Open add").click();
      assertHeard(
          alice, 5, "\"name\":\"error\"", "\"type\":\"urn:latchkey:not-logged-in\",\"status\":401");
      secrets.forEach(alice::assertNoTraceOf);
      assertThat(host.tokens())
          .containsEntry("POST", "from a plain page")
          .containsEntry("PATCH", "from a plain page")
          .containsEntry("DELETE", "from a plain page");
    }
  }

  @Test
  void hostsIconWordsAndPartsShow() throws Exception {
    try (HostServer host = host("looks");
        Visitor alice = visitor(host, "/plain.html")) {
      assertThat(alice.page.getByText("AL", new Page.GetByTextOptions().setExact(true)))
          .isVisible();
      assertThat(alice.page.locator("api-key-menu svg")).not().isVisible();
      alice.openMenu();
      assertThat(alice.button("Make a key for a robot")).isVisible();
      assertThat(alice.page.getByText("menu.add")).not().isVisible();
      alice.page.keyboard().press("Escape");
      alice.page.evaluate("document.documentElement.lang = 'nl'");
      alice.button("Profiel").click();
      assertThat(alice.button("API-sleutel toevoegen")).isVisible();
      for (String part : List.of("icon", "menu", "entry", "dialog")) {
        assertThat((Integer) alice.page.locator("[part~=" + part + "]").count())
            .as("part %s", part)
            .isPositive();
      }
    }
  }

  /** English is there with the script; the words of other languages come later. */
  @Test
  void hostsWordsComeBeforeOursInEachLanguage() throws Exception {
    try (HostServer host = host("words");
        Visitor alice = visitor(host, "/plain.html")) {
      alice.page.evaluate(
          """
          document.querySelector("api-key-menu").words = { de: { "menu.profile": "Konto" } };
          document.documentElement.lang = "de-AT";
          """);
      alice.button("Konto").click();
      assertThat(alice.button("API-Schlüssel hinzufügen")).isVisible();
    }
  }

  @Test
  void reactPageUsesAttributesPropertiesEventsAndMethods(@TempDir Path folder) throws Exception {
    NodeFolder pages = NodeFolder.install(FOLDER);
    pages.node("node_modules/typescript/bin/tsc", "--project", ".");
    Path built = folder.resolve("react-page.js");
    pages.run(
        "node_modules/.bin/esbuild",
        "react-page.tsx",
        "--bundle",
        "--minify",
        "--define:process.env.NODE_ENV=\"production\"",
        "--log-level=warning",
        "--outfile=" + built);
    try (HostServer host = host("react")) {
      host.file("react.html", read("react.html"));
      host.file("react-page.js", Files.readString(built));
      try (Visitor alice = visitor(host, "/react.html")) {
        alice.openMenu();
        alice.button("Make a key for a robot").click();
        alice.label("Description (optional)").fill("by React");
        alice.button("Add").click();
        String key = alice.shownKey();
        alice.button("Copy to clipboard").click();
        alice.button("Close").click();
        assertThat(changes(alice)).hasText(new String[] {"added by React"});
        assertThat(host.tokens()).containsEntry("POST", "from React");
        alice.button("Open details").click();
        assertThat(alice.dialog("My API key details")).containsText("by React");
        alice.button("Close").click();
        alice.button("Speak German").click();
        alice.button("Open details").click();
        assertThat(alice.dialog("Mein API-Schlüssel")).isVisible();
        alice.button("Schließen").click();
        alice.assertNoTraceOf(key);
      }
    }
  }

  /** As with a network that delivers scripts, and a servlet at another path than they say. */
  @Test
  void scriptsComeFromAnotherOrigin() throws Exception {
    try (HostServer scripts = host("scripts");
        HostServer host =
            new HostServer(
                "elsewhere",
                "/shop/keys",
                scripts.uri().toString(),
                false,
                UnaryOperator.identity())) {
      host.file(
          "page.html",
          """
          <!doctype html><html lang="de"><head><title>Shop</title><link rel="icon" href="/icon.svg">
          <script type="module" src="%sapi-keys/api-key-menu.js"></script></head>
          <body><h1>Shop</h1><api-key-menu keys-url="shop/keys/"></api-key-menu></body></html>
          """
              .formatted(scripts.uri()));
      try (Visitor alice = visitor(host, "/page.html")) {
        alice.button("Profil").click();
        alice.button("API-Schlüssel hinzufügen").click();
        alice.button("Hinzufügen").click();
        assertThat(alice.dialog("Ihr API-Schlüssel")).isVisible();
      }
    }
  }
}
