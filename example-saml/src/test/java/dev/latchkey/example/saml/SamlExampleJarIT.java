package dev.latchkey.example.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.StartLine;
import dev.latchkey.test.caller.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar, as a process. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SamlExampleJarIT {
  private static final Path JAR = Path.of("target", "latchkey-example-saml.jar").toAbsolutePath();
  private static final Pattern STARTED = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

  @TempDir private Path folder;
  private Process process;

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void launch(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", JAR.toString(), "--port", "0"));
    command.addAll(List.of(arguments));
    process =
        ChildProcesses.builder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Returns what is said beside the one line at the start. */
  private String warnings() throws IOException {
    return StartLine.without(err());
  }

  /** Reads its only line. */
  private URI awaitStart() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    Matcher started = STARTED.matcher(String.valueOf(out.readLine()));
    assertThat(started.find()).as(err()).isTrue();
    return URI.create(started.group());
  }

  private String out() throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(err()).isZero();
    return out;
  }

  @Test
  void loginPageOffersSaml() throws Exception {
    Path metadata = Path.of(SamlExampleJarIT.class.getResource("idp-metadata.xml").toURI());
    launch("--saml-idp-metadata", metadata.toString());
    Client client = new Client(awaitStart());
    assertThat(client.get("login").text()).contains("Log in with SAML");
    assertThat(client.get("saml/metadata").text()).contains("/saml/acs");
    assertThat(client.get("health").status()).isEqualTo(200);
    String question = client.get("saml/login").header("Set-Cookie").replaceFirst(";.*", "");
    client
        .call("POST", "saml/acs")
        .header("Cookie", question)
        .body("SAMLResponse=PGEvPg%3D%3D", "application/x-www-form-urlencoded") // <a/>
        .send();
    assertThat(warnings().lines()).as("without what the library says").hasSize(1);
    assertThat(err()).contains("A SAML login was refused");
  }

  @Test
  void withoutSamlOptionsItIsTheExample() throws Exception {
    launch("--set", "maxKeysPerUser=2");
    URI uri = awaitStart();
    assertThat(new Client(uri).get("login").text()).doesNotContain("SAML");
    assertThat(new Client(uri).get("saml/metadata").status()).isEqualTo(404);
    assertThat(Client.loggedIn(uri, "alice").add("{}").status()).isEqualTo(201);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void helpListsTheOptionsOfBoth() throws Exception {
    launch("--help");
    assertThat(out())
        .contains("latchkey-example-saml.jar", "--jdbc-url", "--saml-idp-metadata", "\n  --help");
  }

  @Test
  void versionOptionPrintsTheVersion() throws Exception {
    launch("--version");
    assertThat(out()).startsWith("latchkey-example ");
  }

  @Test
  void unreadableMetadataStopTheStartWithOneLine() throws Exception {
    launch("--saml-idp-metadata", "absent.xml");
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(warnings().strip())
        .startsWith("latchkey-example: --saml-idp-metadata: cannot use absent.xml")
        .doesNotContain("\n");
  }
}
