package dev.latchkey.example.saml;

import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A real identity provider, one a test run. Its realm signs with a key that tests know. */
final class Keycloak implements AutoCloseable {
  /** The name by which its realm knows the example. */
  static final String ENTITY_ID = "urn:latchkey:test";

  private static final Path PROGRAM =
      Path.of("target", "keycloak", "keycloak-" + System.getProperty("keycloak.version"))
          .toAbsolutePath();
  private static final Path BUILT = PROGRAM.resolve("built");
  private static final int AUGMENTED = 10;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Hands it to tests. */
  static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Keycloak.class;
    }

    @Override
    public Keycloak resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Keycloak.class))
          .computeIfAbsent("keycloak", key -> start(), Keycloak.class);
    }
  }

  private final KeyPair signingKey;
  private final Process process;
  private final int port;

  private static Keycloak start() {
    try {
      return new Keycloak();
    } catch (IOException | InterruptedException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Keycloak() throws IOException, InterruptedException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    signingKey = generator.generateKeyPair();
    port = FreePorts.choose();
    Path home = Files.createTempDirectory(PROGRAM.getParent(), "home");
    Path realms = Files.createDirectories(home.resolve("data/import"));
    Files.writeString(realms.resolve("realm.json"), realm());
    if (Files.notExists(BUILT)) { // the first start prepares the program and ends
      Process build = launch(home, List.of());
      if (!build.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          || build.exitValue() != AUGMENTED) {
        build.destroyForcibly();
        throw new IllegalStateException("Keycloak: " + Files.readString(home.resolve("log")));
      }
      Files.createFile(BUILT);
    }
    process = launch(home, List.of("-Dkc.config.built=true"));
    awaitReady(home.resolve("log"));
  }

  private String realm() throws IOException {
    try (InputStream in = Keycloak.class.getResourceAsStream("keycloak-realm.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace(
              "{privateKey}",
              Base64.getEncoder().encodeToString(signingKey.getPrivate().getEncoded()));
    }
  }

  /** As its own script does, but without the script between it and us. */
  private Process launch(Path home, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1", // it starts in half of the time
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + home.resolve("conf")));
    command.addAll(options);
    command.addAll(List.of("-jar", PROGRAM.resolve("lib/quarkus-run.jar").toString()));
    command.addAll(
        List.of(
            "start-dev",
            "--import-realm",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--db=dev-mem",
            "--log-level=warn"));
    Path log = home.resolve("log");
    return ChildProcesses.builder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metadata()).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (ConnectException e) {
        // not yet
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException("Keycloak: " + Files.readString(log));
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  URI metadata() {
    return URI.create("http://127.0.0.1:" + port + "/realms/latchkey/protocol/saml/descriptor");
  }

  /** What it answers to a question of ours when the user logs in: the form's SAMLResponse. */
  String answer(URI question, String user) throws IOException, InterruptedException {
    HttpResponse<String> loginPage =
        HTTP.send(HttpRequest.newBuilder(question).build(), BodyHandlers.ofString());
    // By hand, since its cookies are for https only and an HttpClient keeps to that.
    String cookies =
        loginPage.headers().allValues("Set-Cookie").stream()
            .map(cookie -> cookie.replaceFirst(";.*", ""))
            .collect(Collectors.joining("; "));
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(inHtml(loginPage.body(), "action=\"([^\"]+)\"")))
                .header("Cookie", cookies)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=%1$s&password=%1$s".formatted(user)))
                .build(),
            BodyHandlers.ofString());
    return inHtml(answer.body(), "(?i)name=\"SAMLResponse\" value=\"([^\"]+)\"");
  }

  private static String inHtml(String html, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(html);
    if (!matcher.find()) {
      throw new IllegalStateException("Keycloak: no " + pattern + " in " + html);
    }
    return matcher.group(1).replace("&amp;", "&").replace("&#x3d;", "=").replace("&#x2b;", "+");
  }

  /** What it signs with. */
  KeyPair signingKey() {
    return signingKey;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
