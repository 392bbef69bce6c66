package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Packages;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.NodeFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The user's steps in a browser that is not Chromium: Debian's Firefox. */
class FirefoxPageTest {
  private static final Path FOLDER = Path.of("..", "testing", "hosts", "firefox");

  @Test
  void usersStepsWorkInFirefoxWithoutComplaint() throws Exception {
    Packages.demand(Path.of("/usr/bin/firefox-esr"), "firefox-esr");
    NodeFolder firefox = NodeFolder.install(FOLDER);
    ApiKeysConfig config = ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:firefox").build();
    try (ExampleServer server = ExampleServer.start(new ExampleOptions(0, config))) {
      firefox.node("seed.mjs", server.uri().toString(), "alice");
      assertThat(Client.loggedIn(server.uri(), "alice").get("api-keys").text())
          .contains("from Firefox");
    }
  }
}
