package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Visitor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example calls beside a new key: for a shell, and for PowerShell. */
class CommandsPageTest extends PageTest {
  /** What a shell, or PowerShell, would make something else of. */
  private static final String ODD = "/api/whoami?a=$HOME&b=`id`&c=%PATH%&d='\"\\&e=!x;(y)";

  CommandsPageTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private static String command(Visitor visitor, String name, String key, String url) {
    return (String)
        visitor.page.evaluate(
            """
            async ([name, key, url]) => {
              const commands = await import("/api-keys/assets/dialogs.js");
              return commands[name](key, new URL(url, location));
            }
            """,
            List.of(name, key, url));
  }

  @Test
  void shellCallsExactlyTheUrl() throws Exception {
    Visitor alice = alice();
    String key = alice.addKey("");
    String command = command(alice, "shellCommand", key, ODD);
    Process shell =
        new ProcessBuilder("sh", "-c", command + " --silent --write-out ' %{http_code} %{url}'")
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), "UTF-8");
    assertThat(said.contains(key)).isFalse();
    assertThat(said)
        .contains("\"user\":\"alice\"")
        .endsWith("whoami?a=$HOME&b=`id`&c=%PATH%&d=%27%22\\&e=!x;(y)");
    assertThat(shell.waitFor()).isZero();
  }

  /** In single quotes PowerShell expands nothing; a quote is doubled. */
  @Test
  void powerShellIsQuotedByItsOwnRules() {
    Visitor alice = alice();
    assertThat(command(alice, "powerShellCommand", "odd'key$x", ODD))
        .isEqualTo(
            "curl.exe -H 'Authorization: Bearer odd''key$x' '%sapi/whoami%s'"
                .formatted(server.uri(), "?a=$HOME&b=`id`&c=%PATH%&d=%27%22\\&e=!x;(y)"));
    assertThat(command(alice, "shellCommand", "odd'key", "/"))
        .startsWith("curl -H 'Authorization: Bearer odd'\\''key' ");
    for (String name : List.of("shellCommand", "powerShellCommand")) {
      assertThat(command(alice, name, "key", "/it's"))
          .endsWith("/it%27s'"); // URLs keep it in paths
    }
  }

  @Test
  void commandsAreCopied() {
    Visitor alice = alice();
    alice.allowClipboard();
    alice.choose("Add API key");
    alice.button("Add").click();
    String key = alice.shownKey();
    alice.button("Copy the curl command").click();
    assertThat(alice.page.getByText("✓ Copied")).isVisible();
    assertThat(alice.clipboard().startsWith("curl -H 'Authorization: Bearer " + key)).isTrue();
    alice.page.getByText("To try it on Windows, in PowerShell").click();
    alice.button("Copy the curl.exe command").click();
    assertThat(alice.page.getByText("✓ Copied")).hasCount(2);
    assertThat(alice.clipboard().startsWith("curl.exe -H 'Authorization: Bearer " + key)).isTrue();
    alice.page.keyboard().press("Escape"); // it is copied: nothing to ask
    assertThat(alice.dialog("Your API key")).not().isVisible();
  }
}
