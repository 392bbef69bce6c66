package dev.latchkey.test.caller;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser, and what the browser complained of meanwhile. */
public final class Visitor implements AutoCloseable {
  private static final Pattern REFUSAL =
      Pattern.compile(
          "Failed to load resource: (?:the server responded with a status of (\\d+) \\(.*\\)"
              + "|net::ERR_FAILED)");

  /** Instead of a status: that no answer came. */
  public static final int NO_ANSWER = 0;

  private final BrowserContext context;
  private final URI base;
  private final List<String> complaints = new ArrayList<>();
  private List<Integer> expectedRefusals = List.of();

  /** What the browser shows. */
  public final Page page;

  public Visitor(Browser browser, URI base, Instant now, Browser.NewContextOptions options) {
    this.base = base;
    context = browser.newContext(options);
    context.addInitScript(
        "addEventListener('securitypolicyviolation',"
            + " e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))");
    context.onPage(this::listen);
    page = context.newPage();
    at(now);
  }

  private void listen(Page opened) {
    opened.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    opened.onPageError(complaints::add);
  }

  /** The same at another tab, on the same page. */
  public Visitor(Visitor other) {
    base = other.base;
    context = other.context;
    page = context.newPage();
    page.navigate(other.page.url());
  }

  /** The browser says of every refusal that it could not load it: no complaint if meant to be. */
  public void expectRefusals(Integer... statuses) {
    expectedRefusals = List.of(statuses);
  }

  /** Sets the browser's clock. */
  public void at(Instant now) {
    page.clock().setFixedTime(Date.from(now));
  }

  public void allowClipboard() {
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
  }

  public String clipboard() {
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  public void open(String path) {
    page.navigate(base.resolve(path).toString());
  }

  public Visitor logIn(String user) {
    open("/login");
    page.getByLabel("User name").fill(user);
    page.getByLabel("Password").fill(user);
    button("Log in").click();
    assertThat(page.getByRole(AriaRole.HEADING)).hasText("Hello, " + user);
    return this;
  }

  public Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  public Locator dialog(String title) {
    return page.getByRole(
        AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title).setExact(true));
  }

  public Locator label(String text) {
    return page.getByLabel(text, new Page.GetByLabelOptions().setExact(true));
  }

  /** Opens the menu, and waits until it knows. */
  public void openMenu() {
    button("Profile").click();
    assertThat(page.getByText("Looking for your API key")).not().isVisible();
  }

  /** Chooses an entry of the menu, whatever else is on the page. */
  public void choose(String entry) {
    openMenu();
    page.locator("api-key-menu")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(entry).setExact(true))
        .click();
  }

  /** The key on show. */
  public String shownKey() {
    assertThat(dialog("Your API key")).isVisible();
    return label("API key").inputValue();
  }

  /** Adds a key with what is proposed, and closes. */
  public String addKey(String description) {
    choose("Add API key");
    label("Description (optional)").fill(description);
    button("Add").click();
    String key = shownKey();
    button("Close").click();
    assertThat(dialog("Your API key")).not().isVisible();
    return key;
  }

  /**
   * Checks that neither the page nor what outlives it holds a text any more, once it is at rest.
   */
  public void assertNoTraceOf(String secret) {
    String[] everything = new String[1];
    try {
      page.waitForCondition(
          () -> {
            everything[0] = everything();
            return !everything[0].contains(secret);
          });
    } catch (TimeoutError e) {
      throw new AssertionError("the page still holds what it must not", e);
    }
    assertThat(everything[0]).contains("<api-key-");
  }

  private String everything() {
    return (String)
        page.evaluate(
            """
            () => {
              const texts = [];
              const walk = (root) => {
                texts.push(root.innerHTML ?? "");
                for (const element of root.querySelectorAll("*")) {
                  texts.push(element.value ?? "");
                  if (element.shadowRoot) walk(element.shadowRoot);
                }
              };
              walk(document.documentElement);
              return [...texts, JSON.stringify(localStorage), JSON.stringify(sessionStorage),
                JSON.stringify(history.state), location.href, document.cookie, document.title,
                ...performance.getEntries().map((entry) => entry.name)].join("\\n");
            }
            """);
  }

  /** Whether the page's scripts hold a text in memory. */
  public boolean hasInMemory(String secret) {
    page.evaluate("globalThis.known = 'known' + Math.sqrt(144)");
    StringBuilder heap = new StringBuilder();
    var devTools = context.newCDPSession(page);
    devTools.on(
        "HeapProfiler.addHeapSnapshotChunk",
        chunk -> heap.append(chunk.get("chunk").getAsString()));
    devTools.send("HeapProfiler.takeHeapSnapshot");
    devTools.detach();
    assertThat(heap.indexOf("known12")).as("what is surely there").isPositive();
    return heap.indexOf(secret) >= 0;
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints.stream().filter(complaint -> !isExpected(complaint)))
        .as("what the browser complained of")
        .isEmpty();
  }

  private boolean isExpected(String complaint) {
    Matcher refusal = REFUSAL.matcher(complaint);
    return refusal.matches()
        && expectedRefusals.contains(
            refusal.group(1) == null ? NO_ANSWER : Integer.parseInt(refusal.group(1)));
  }
}
