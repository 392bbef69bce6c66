package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The code of docs/embed.md, and what it is to do. */
final class EmbedPage {
  private static final Path PAGE = Path.of("..", "..", "..", "docs", "embed.md");

  private EmbedPage() {}

  /** Returns the block in the section of a server. */
  static String code(String server) throws IOException {
    return Files.readString(PAGE)
        .replaceAll("(?s).*\n## " + server + "\n.*?```java\n(.*?)```.*", "$1");
  }

  /** Returns the same out of the test that runs it. */
  static String codeOf(String test) throws IOException {
    return Files.readString(
            Path.of("src", "test", "java", "dev", "latchkey", "container", test + ".java"))
        .replaceAll("(?s).*// docs/embed.md begins\n(.*?) *// docs/embed.md ends.*", "$1")
        .replaceAll("(?m)^    ", "");
  }

  /** Fails unless an application asks for keys and for logins. */
  static void assertServes(URI uri) throws Exception {
    Caller caller = new Caller(uri);
    assertThat(caller.get("api/x").body()).contains("urn:latchkey:missing-key");
    assertThat(caller.getWithKey("api/x", unknownKey()).body())
        .contains("urn:latchkey:invalid-key");
    assertThat(caller.get("api-keys").body()).contains("urn:latchkey:not-logged-in");
  }

  /** Returns a key that nobody has added. */
  static String unknownKey() {
    return new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
  }
}
