package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Answer;
import dev.latchkey.test.Packages;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.NodeFolder;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The steps of users and administrators in a browser that is not Chromium: Debian's Firefox. */
class FirefoxPageTest {
  private static NodeFolder firefox;

  @BeforeAll
  static void install() throws Exception {
    Packages.demand(Path.of("/usr/bin/firefox-esr"), "firefox-esr");
    firefox = NodeFolder.install(Path.of("..", "testing", "hosts", "firefox"));
  }

  private static ExampleServer server() {
    ApiKeysConfig config =
        ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build();
    return ExampleServer.start(new ExampleOptions(0, config));
  }

  @Test
  void usersStepsWorkInFirefoxWithoutComplaint() throws Exception {
    try (ExampleServer server = server()) {
      firefox.node("seed.mjs", server.uri().toString(), "alice");
      assertThat(Client.loggedIn(server.uri(), "alice").get("api-keys").text())
          .contains("from Firefox");
    }
  }

  @Test
  void administratorRevokesAKeyInFirefoxWithoutComplaint() throws Exception {
    try (ExampleServer server = server()) {
      Answer alices = Client.loggedIn(server.uri(), "alice").add("{}");
      Answer bobs = Client.loggedIn(server.uri(), "bob").add("{}");
      firefox.node(
          "administrator.mjs", server.uri().toString(), "admin", "alice", alices.get("tag"));
      Client caller = new Client(server.uri());
      assertThat(caller.whoami(alices.get("key")).status()).isEqualTo(401);
      assertThat(caller.whoami(bobs.get("key")).status()).isEqualTo(200);
    }
  }
}
