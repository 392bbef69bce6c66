package dev.latchkey.container.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import dev.latchkey.test.HttpCaller;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** What README.md promises, in a server as it comes, with nothing but what README.md adds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerContract implements CoreContract {
  private static final Path SERVERS = Path.of("target", "servers").toAbsolutePath();
  static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString((War.USER + ':' + War.USER).getBytes(US_ASCII));
  private static final String WITHOUT_STORE =
      "<init-param><param-name>startWithoutStore</param-name>"
          + "<param-value>true</param-value></init-param>";
  private static final Pattern ADDED =
      Pattern.compile("(?s)(?=.*\"tag\":\"(?<tag>\\w+)\").*\"key\":\"(?<key>lk_\\w+)\".*");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Socket silent = new Socket(); // takes a port, and does not listen there
  private Path folder;
  private ServerProcess server;
  private URI uri;

  /**
   * Lays out a server that {@link War#USER} can log in to.
   *
   * @param base an empty folder, for all that does not come with the server
   * @param wars what to deploy, each under its file's name
   * @return how to start it, on a port that it chooses
   */
  abstract ProcessBuilder layOut(Path base, List<Path> wars) throws Exception;

  /** Returns where it logs to as it comes, a file or a folder. */
  abstract Path logs(Path base);

  /** Finds its port there, as the first group. */
  abstract Pattern listening();

  /** Finds there that an application has started; the first group does not matter. */
  abstract Pattern started(String application);

  /** Returns how it marks a warning there. */
  abstract String warning();

  /** Returns what the reference to its {@code DataSource} needs besides the name, as XML. */
  String resourceRef() {
    return "";
  }

  /** Returns the driver of that {@code DataSource}. */
  static Path driver() throws Exception {
    return Path.of(
        Class.forName("org.h2.Driver").getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Override
  public final HttpCaller newCaller() {
    return new HttpCaller(uri.resolve("form/"));
  }

  /** Returns a server that the build has unpacked, and skips the tests where it does not. */
  static Path unpacked(String name) {
    Path unpacked = SERVERS.resolve(name);
    if (!Files.isDirectory(unpacked) && !"true".equals(System.getenv("CI"))) {
      throw new TestAbortedException("Skipped: with CI=true the build fetches " + name);
    }
    return unpacked;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    List<Path> wars =
        List.of(
            shop("shop"),
            War.writeWithForm(folder.resolve("form.war"), resourceRef()),
            War.write(
                folder.resolve("storeless.war"),
                "jdbc:mariadb://127.0.0.1:" + silent.getLocalPort() + "/shop",
                WITHOUT_STORE));
    Path base = Files.createDirectory(folder.resolve("base"));
    server = new ServerProcess(layOut(base, wars), base);
    uri = URI.create("http://127.0.0.1:" + inLogs(listening()) + "/");
    inLogs(started("shop"));
    inLogs(started("form"));
    inLogs(started("storeless"));
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    silent.close();
  }

  /** Writes a war whose store works. */
  final Path shop(String name) throws Exception {
    return War.write(
        folder.resolve(name + ".war"), "jdbc:h2:file:" + folder.resolve(name + "-database"), "");
  }

  private String inLogs(Pattern pattern) throws Exception {
    return server.await(logs(folder.resolve("base")), pattern);
  }

  @Test
  void aWarningIsInTheServersLog() throws Exception {
    String key = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
    assertThat(get("storeless/api/caller", "Bearer " + key).statusCode()).isEqualTo(503);
    String line = inLogs(Pattern.compile("(?m)^(.*Latchkey: starting without key store.*)$"));
    assertThat(line).contains(warning()).contains("Connection refused");
  }

  @Test
  void settingsComeFromTheServersEnvironment() throws Exception {
    assertThat(get("shop/api-keys", LOGIN).body()).contains("\"maxKeys\":2");
  }

  @Test
  void aKeyLivesUntilItIsDeleted() throws Exception {
    useKeyOf("shop");
  }

  /** The servlet comes first: nobody has called the API yet. */
  final void useKeyOf(String application) throws Exception {
    String keys = application + "/api-keys";
    String caller = application + "/api/caller";
    assertThat(get(keys, LOGIN).body()).contains("\"keys\":[]");
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri.resolve(keys))
                .POST(BodyPublishers.ofString("{\"description\":\"nightly export\"}"))
                .header("Content-Type", "application/json"),
            LOGIN);
    assertThat(answer.body()).matches(ADDED);
    MatchResult added = ADDED.matcher(answer.body()).results().findFirst().orElseThrow();
    String bearer = "Bearer " + added.group(2);
    assertThat(get(caller, bearer).body()).isEqualTo("alice by API_KEY");
    HttpRequest.Builder delete =
        HttpRequest.newBuilder(uri.resolve(keys + '/' + added.group(1))).DELETE();
    assertThat(send(delete, LOGIN).statusCode()).isEqualTo(204);
    assertThat(get(caller, bearer).body()).contains("urn:latchkey:invalid-key");
  }

  final HttpResponse<String> get(String path, String authorization) throws Exception {
    return send(HttpRequest.newBuilder(uri.resolve(path)), authorization);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String authorization)
      throws Exception {
    return client.send(
        request.header("Authorization", authorization).build(), BodyHandlers.ofString());
  }
}
