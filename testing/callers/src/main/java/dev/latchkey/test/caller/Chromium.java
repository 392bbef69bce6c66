package dev.latchkey.test.caller;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Hands tests the operating system's Chromium, one a JVM. */
public final class Chromium implements ParameterResolver {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  /** As long as an action may take, and not the five seconds that a busy machine may need. */
  private static final int PATIENCE_MILLIS = 30_000;

  /** A host name that leads here and is, by plain http, no secure context. */
  public static final String PLAIN_HOST = "latchkey.test";

  /**
   * Playwright's own list, since of several such options only the last counts, and the two pop-ups
   * of the address bar, pages of their own for which each window starts a process.
   */
  private static final List<String> FEATURES_OFF =
      List.of(
          "AutoDeElevate",
          "AvoidUnnecessaryBeforeUnloadCheckSync",
          "BlockOriginHeaderModificationOnRedirect",
          "BoundaryEventDispatchTracksNodeRemoval",
          "DestroyProfileOnBrowserClose",
          "DialMediaRouteProvider",
          "GlobalMediaControls",
          "HttpsUpgrades",
          "LensOverlay",
          "MediaRouter",
          "OptimizationHints",
          "PaintHolding",
          "ThirdPartyStoragePartitioning",
          "Translate",
          "WebUIOmniboxAimPopup",
          "WebUIOmniboxPopup");

  private record Started(Playwright playwright, Browser browser) implements AutoCloseable {
    @Override
    public void close() {
      playwright.close();
    }
  }

  private static Started start() {
    if (!Files.isExecutable(PROGRAM)) {
      String lacking = "there is no " + PROGRAM + ": install the package chromium";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(lacking);
      }
      throw new TestAbortedException("Skipped, " + lacking);
    }
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Started(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setChromiumSandbox(false)
                    .setArgs(
                        List.of(
                            "--disable-features=" + String.join(",", FEATURES_OFF),
                            "--host-resolver-rules=MAP " + PLAIN_HOST + " 127.0.0.1",
                            "--disable-lcd-text")))); // makes pictures smaller
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(
            ExtensionContext.StoreScope.LAUNCHER_SESSION,
            ExtensionContext.Namespace.create(Chromium.class))
        .computeIfAbsent("chromium", key -> start(), Started.class)
        .browser();
  }
}
