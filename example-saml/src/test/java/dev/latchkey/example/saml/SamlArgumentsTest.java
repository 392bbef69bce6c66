package dev.latchkey.example.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.example.Addition;
import dev.latchkey.example.ExampleOptions;
import dev.latchkey.example.ExampleServer;
import dev.latchkey.example.Logins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamlArgumentsTest {
  private static SamlArguments read(String... args) {
    SamlArguments arguments = new SamlArguments();
    ExampleOptions.of(args, Map.of(), arguments.addition());
    return arguments;
  }

  @Test
  void samlIsOffWithoutMetadata() {
    assertThat(read().options()).isNull();
    assertThat(read().addition().logins().get()).isSameAs(Logins.FORM_ONLY);
    assertThat(read("--saml-idp-metadata", "idp.xml").options())
        .isEqualTo(new SamlOptions("idp.xml", null, null, SamlOptions.DEFAULT_SESSION_LENGTH));
    assertThat(
            read(
                    "--saml-session-length",
                    "PT1H",
                    "--saml-acs-url",
                    "https://shop.example/saml/acs",
                    "--saml-entity-id",
                    "urn:shop",
                    "--saml-idp-metadata",
                    "https://idp.example/metadata")
                .options())
        .isEqualTo(
            new SamlOptions(
                "https://idp.example/metadata",
                "urn:shop",
                "https://shop.example/saml/acs",
                Duration.ofHours(1)));
  }

  @Test
  void wrongOptionsAreNamed() {
    for (String[] alone :
        new String[][] {
          {"--saml-entity-id", "urn:shop"},
          {"--saml-acs-url", "https://shop.example/saml/acs"},
          {"--saml-session-length", "PT1H"}
        }) {
      assertThatThrownBy(() -> read(alone).options()).hasMessageContaining("--saml-idp-metadata");
    }
    for (String[] wrong :
        new String[][] {
          {"--saml-acs-url", "shop"},
          {"--saml-session-length", "8h"},
          {"--saml-session-length", "PT0S"},
          {"--saml-session-length", "P366D"},
          {"--saml-acs-url", "http:// x"},
          {"--saml-entity-id", ""}
        }) {
      assertThatThrownBy(() -> read("--saml-idp-metadata", "idp.xml", wrong[0], wrong[1]).options())
          .hasMessageContaining(wrong[0]);
    }
    assertThatThrownBy(() -> read("--saml-idp-metadata"))
        .hasMessage("--saml-idp-metadata needs a value");
  }

  @Test
  void badMetadataStopTheStartByName(@TempDir Path folder) throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.xml"), "<a/>");
    for (String metadata :
        new String[] {empty.toString(), "absent.xml", "http://127.0.0.1:1/metadata"}) {
      Addition addition = new SamlArguments().addition();
      ExampleOptions options =
          ExampleOptions.of(
              new String[] {
                "--port",
                "0",
                "--jdbc-url",
                "jdbc:h2:mem:" + UUID.randomUUID(),
                "--jdbc-user",
                "sa",
                "--saml-idp-metadata",
                metadata
              },
              Map.of(),
              addition);
      assertThatThrownBy(() -> ExampleServer.start(options, addition.logins().get()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--saml-idp-metadata")
          .hasMessageContaining(metadata);
    }
  }
}
