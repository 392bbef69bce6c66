package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.Answer;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.FreePorts;
import dev.latchkey.test.Nginx;
import dev.latchkey.test.Packages;
import dev.latchkey.test.caller.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The proxies of docs/operations.md, as it configures them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxiesTest {
  private static final String EXAMPLE = "http://127.0.0.1:8080";
  private static final Path APACHE = Path.of("/usr/sbin/apache2");

  private static final String LARGE = "{\"item\":\"lamp\"}" + " ".repeat(500_000);

  private final int port = FreePorts.choose();
  @TempDir private Path folder;
  private ExampleServer example;
  private Process proxy;

  @BeforeEach
  void start() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    example =
        ExampleServer.start(
            new ExampleOptions(
                0,
                ApiKeysConfig.builder()
                    .jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
                    .jdbcUser("sa")
                    .build()));
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.destroyForcibly().onExit().join();
    }
    example.close();
  }

  /** Returns the page's configuration, leading to the example. */
  private String snippet(String heading, String language) throws IOException {
    String snippet = OperationsPage.block(heading, language);
    assertThat(snippet).contains(EXAMPLE);
    String uri = example.uri().toString();
    return snippet.replace(EXAMPLE, uri.substring(0, uri.length() - 1));
  }

  private URI launch(String configuration, String... command) throws Exception {
    Files.writeString(folder.resolve("proxy.conf"), configuration);
    proxy =
        ChildProcesses.builder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    while (!accepts()) {
      assertThat(proxy.isAlive()).as(Files.readString(folder.resolve("out"))).isTrue();
      proxy.waitFor(20, TimeUnit.MILLISECONDS);
    }
    return URI.create("http://localhost:" + port + "/");
  }

  private boolean accepts() {
    try {
      new Socket("127.0.0.1", port).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void nginxConfigurationWorks() throws Exception {
    try (Nginx nginx = new Nginx(folder, snippet("nginx", "nginx"))) {
      assertWorks(URI.create("http://localhost:" + nginx.port() + "/"));
    }
  }

  @Test
  void apacheConfigurationWorks() throws Exception {
    Packages.demand(APACHE, "apache2");
    String account =
        System.getProperty("user.name").equals("root") ? "User www-data\nGroup www-data" : "";
    String configuration =
        """
        %1$s
        ServerRoot %2$s
        DefaultRuntimeDir %2$s
        PidFile %2$s/pid
        ErrorLog %2$s/error.log
        ServerName localhost
        Listen 127.0.0.1:%3$d
        LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
        LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
        LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
        LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
        LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
        %4$s
        """
            .formatted(account, folder, port, snippet("Apache", "apache"));
    URI uri =
        launch(configuration, APACHE.toString(), "-DFOREGROUND", "-f", folder + "/proxy.conf");
    assertWorks(uri);
    // Bodies that nobody reads, since the key is missing.
    Client caller = new Client(uri);
    for (int i = 0; i < 20; i++) {
      assertThat(caller.json("POST", "api/orders", LARGE).status()).isEqualTo(401);
    }
    assertThat(afterExpectation(uri, "", LARGE)).isEqualTo(401);
  }

  private static Answer addFrom(String origin, Client user) {
    return user.call("POST", "api-keys").json("{}").header("Origin", origin).send();
  }

  private void assertWorks(URI uri) throws Exception {
    Client alice = Client.loggedIn(uri, "alice");
    String origin = "http://localhost:" + uri.getPort();
    assertThat(addFrom("http://evil.example", alice).status()).isEqualTo(403);
    Answer added = addFrom(origin, alice);
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    String key = added.get("key");

    Answer bearer = alice.whoami(key);
    assertThat(bearer.status()).isEqualTo(200);
    assertThat(bearer.header("API-Key-Expires")).isNotBlank();
    assertThat(alice.call("GET", "api/whoami").header("X-API-Key", key).send().status())
        .isEqualTo(200);
    Answer missing = alice.get("api/whoami");
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.header("WWW-Authenticate")).startsWith("Bearer");

    assertThat(afterExpectation(uri, "X-API-Key: " + key + "\r\n", "{\"item\":\"lamp\"}"))
        .isEqualTo(201);
    assertThat(alice.whoami(key).status()).isEqualTo(200);
  }

  /** Returns the status for a body that is sent only if it is asked for. */
  private int afterExpectation(URI uri, String header, String body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", uri.getPort())) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      send(
          socket,
          ("POST /api/orders HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                  + "Connection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                  + "%s\r\n")
              .formatted(body.length(), header));
      int status = status(in.readLine());
      if (status == 100) {
        in.readLine();
        send(socket, body);
        status = status(in.readLine());
      }
      return status;
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static int status(String line) {
    return Integer.parseInt(line.split(" ")[1]);
  }
}
