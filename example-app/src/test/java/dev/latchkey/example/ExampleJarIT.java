package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.DatabaseServer;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbBinaries;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import dev.latchkey.test.StartLine;
import dev.latchkey.test.caller.Client;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar, as a process. */
@ExtendWith(MariaDb.class)
@ExtendWith(PostgreSql.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExampleJarIT {
  private static final Path JAR = Path.of("target", "latchkey-example-app.jar").toAbsolutePath();
  private static final Pattern STARTED = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/)");
  private static final Pattern KEY = Pattern.compile("lk_[0-9A-Za-z]{49}");
  private static final List<String> AT_TRACE =
      List.of(
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
          "-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari=trace",
          "-Dorg.slf4j.simpleLogger.log.org.flywaydb=trace",
          // At this level a server writes out the headers that it gets: see README.md.
          "-Dorg.slf4j.simpleLogger.log.org.eclipse.jetty=info");
  private static final String VERSION = System.getProperty("latchkey.version");
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;
  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void launch(List<String> jvm, String... arguments) throws IOException {
    launch(Map.of(), List.of(), jvm, arguments);
  }

  private void launch(
      Map<String, String> environment, List<String> wrapper, List<String> jvm, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-jar", JAR.toString(), "--port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        ChildProcesses.builder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  private String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Returns what is said beside the one line at the start. */
  private String warnings() throws IOException {
    return StartLine.without(err());
  }

  private URI awaitStart() throws Exception {
    while (true) {
      Matcher matcher = STARTED.matcher(out());
      if (matcher.find() && out().endsWith("\n")) {
        return URI.create(matcher.group(1));
      }
      assertThat(process.isAlive()).as(err()).isTrue();
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  private int terminated() throws Exception {
    process.toHandle().destroy(); // SIGTERM
    return process.waitFor();
  }

  @Test
  void keyLifeLeavesNoSecretInAnyLog() throws Exception {
    launch(AT_TRACE);
    liveAndDie();
    assertThat(out()).startsWith("Latchkey example " + VERSION + " on H2 2.");
    assertThat(out() + err()).contains("DEBUG").contains("com.zaxxer.hikari");
  }

  @Test
  void keyLifeOnMariaDbLeavesNoSecretOrPasswordInAnyLog(MariaDbServer mariaDb) throws Exception {
    keyLifeLeavesNoSecret(mariaDb);
    assertThat(out()).startsWith("Latchkey example " + VERSION + " on MariaDB 11.4.");
    assertThat(out() + err()).contains("org.mariadb.jdbc");
  }

  @Test
  void keyLifeOnPostgreSqlLeavesNoSecretOrPasswordInAnyLog(PostgreSqlServer postgreSql)
      throws Exception {
    keyLifeLeavesNoSecret(postgreSql, "--set", "tableSchema=api_keys");
    assertThat(out()).startsWith("Latchkey example " + VERSION + " on PostgreSQL 18.");
  }

  private void keyLifeLeavesNoSecret(DatabaseServer server, String... more) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), DatabaseServer.PASSWORD);
    Stream<String> arguments =
        Stream.of(
            "--jdbc-url",
            server.url(server.newDatabase()),
            "--jdbc-user",
            DatabaseServer.USER,
            "--jdbc-password-file",
            password.toString());
    launch(AT_TRACE, Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    liveAndDie();
    assertThat(out() + err()).doesNotContain(DatabaseServer.PASSWORD);
  }

  private void liveAndDie() throws Exception {
    URI uri = awaitStart();
    assertThat(out())
        .contains("alice/alice")
        .contains("curl -H 'Authorization: Bearer <key>' " + uri + "api/whoami");
    Client alice = Client.loggedIn(uri, "alice");
    Answer added = alice.add("{\"description\":\"words\"}");
    String key = added.get("key");
    assertThat(key).matches(KEY);
    assertThat(alice.whoami(key).status()).isEqualTo(200);
    assertThat(alice.whoami(key + "x").status()).isEqualTo(401);
    assertThat(alice.whoami("\"" + key).status()).isEqualTo(400);
    Answer twice = alice.call("GET", "api/whoami").bearer(key).header("X-API-Key", key).send();
    assertThat(twice.status()).isEqualTo(400);
    assertThat(alice.add("{\"description\":\"" + key + "\",").status()).isEqualTo(400);
    Answer fresh =
        alice.json("POST", "api-keys/" + added.get("tag") + "/reissue", "{\"graceSeconds\":9}");
    assertThat(alice.whoami(fresh.get("key")).status()).isEqualTo(200);
    alice.send("DELETE", "api-keys/" + fresh.get("tag"), null);
    assertThat(alice.whoami(key).status()).isEqualTo(401);
    assertThat(terminated()).isEqualTo(TERMINATED);

    String logs = out() + err();
    assertThat(KEY.matcher(logs).find()).isFalse();
    for (String secret : List.of(key, fresh.get("key"))) {
      assertThat(logs).doesNotContain(secret.substring(3, 30)).doesNotContain(secret.substring(20));
    }
  }

  @Test
  void keysSurviveARestartAndTheProcessEndsCleanly() throws Exception {
    launch(List.of());
    URI uri = awaitStart();
    Client alice = Client.loggedIn(uri, "alice");
    String key = alice.add("{}").get("key");
    assertThat(alice.whoami(key).status()).isEqualTo(200);
    try (Socket slow = new Socket("127.0.0.1", uri.getPort())) {
      String body = "{\"item\":\"lamp\"}";
      int length = 2_000;
      slow.getOutputStream()
          .write(
              ("POST /api/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: "
                      + key
                      + "\r\nContent-Length: "
                      + length
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(alice.whoami(key).status()).isEqualTo(200); // the slow one was accepted before
      process.toHandle().destroy();
      int sent = body.length();
      while (accepts(uri)) { // the body goes on, slowly, while the server is stopping
        slow.getOutputStream().write(' ');
        sent++;
        process.waitFor(10, TimeUnit.MILLISECONDS);
      }
      slow.getOutputStream().write(" ".repeat(length - sent).getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 201");
    }
    assertThat(process.waitFor()).isEqualTo(TERMINATED);
    assertThat(warnings()).isEmpty();

    launch(List.of());
    uri = awaitStart();
    alice = Client.loggedIn(uri, "alice");
    assertThat(alice.get("api-keys").json().at("/keys/0/lastUsedFrom").asString())
        .isEqualTo("127.0.0.1");
    assertThat(alice.whoami(key).status()).isEqualTo(200);
    assertThat(folder.resolve("latchkey-example-data")).isDirectory();
  }

  private static boolean accepts(URI uri) {
    try {
      new Socket("127.0.0.1", uri.getPort()).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void assertStops(int status, String... words) throws Exception {
    assertThat(process.waitFor()).isEqualTo(status);
    assertThat(out()).isEmpty();
    assertThat(err()).contains(words).doesNotContain("\tat ").doesNotContain("s3cret");
  }

  @Test
  void missingDatabaseStopsTheStartWithOneLine() throws Exception {
    launch(List.of(), "--jdbc-url", "jdbc:mariadb://127.0.0.1:1/x?password=s3cret");
    assertStops(1, "jdbc:mariadb://127.0.0.1:1/x", "startWithoutStore=true");
    assertThat(err().strip()).doesNotContain("\n");
  }

  @Test
  void wrongOptionIsNamed() throws Exception {
    launch(List.of(), "--set", "cacheTtl=soon");
    assertStops(2, "cacheTtl");
    launch(List.of(), "--set", "cachTtl=PT1S");
    assertStops(2, "cachTtl");
    launch(List.of(), "--prot", "1");
    assertStops(2, "--prot", "Usage:");
    launch(List.of(), "--port", "99999");
    assertStops(2, "--port");
    launch(List.of(), "--jdbc-password-file", "nowhere");
    assertStops(2, "--jdbc-password-file", "jdbcPasswordFile");
  }

  @Test
  void foreignVariableIsAWarningInOneLine() throws Exception {
    launch(
        Map.of(
            "LATCHKEY_PORT", "tcp://10.0.0.1:80",
            "LATCHKEY_SERVICE_HOST", "10.0.0.1",
            "LATCHKEY_JDBC_URL", ""),
        List.of(),
        List.of());
    awaitStart();
    assertThat(warnings().strip())
        .contains("LATCHKEY_PORT", "LATCHKEY_SERVICE_HOST")
        .doesNotContain("\n", "JDBC");
    assertThat(terminated()).isEqualTo(TERMINATED);
  }

  /** The command line before properties, these before variables; and the log says so. */
  @Test
  void settingsComeFromTheEnvironment() throws Exception {
    Map<String, String> environment =
        Map.of(
            "LATCHKEY_PORT", "1",
            "LATCHKEY_MAX_KEYS_PER_USER", "2",
            "LATCHKEY_MAX_VALIDITY_DAYS", "20",
            "LATCHKEY_DEFAULT_VALIDITY_DAYS", "10",
            "LATCHKEY_JDBC_USER", "app",
            "LATCHKEY_JDBC_PASSWORD", "s3cret\n");
    launch(
        environment,
        List.of(),
        List.of("-Dlatchkey.maxKeysPerUser=3", "-Dlatchkey.maxValidityDays=30"),
        "--set",
        "maxKeysPerUser=4");
    Answer list = Client.loggedIn(awaitStart(), "alice").get("api-keys");
    assertThat(list.json().at("/policy/maxKeys").asInt()).isEqualTo(4);
    assertThat(list.json().at("/policy/validity/maxDays").asInt()).isEqualTo(30);
    assertThat(list.json().at("/policy/validity/defaultDays").asInt()).isEqualTo(10);
    assertThat(err().strip())
        .contains("INFO dev.latchkey.ApiKeys - Latchkey: started, version " + VERSION)
        .contains("database H2 2.", "latchkey-example-data")
        .contains("jdbcPassword=*** (LATCHKEY_JDBC_PASSWORD)")
        .contains("maxKeysPerUser=4 (--set maxKeysPerUser)")
        .contains("maxValidityDays=30 (-Dlatchkey.maxValidityDays)")
        .contains("defaultValidityDays=10 (LATCHKEY_DEFAULT_VALIDITY_DAYS)")
        .doesNotContain("s3cret", "WARN", "\n");
    assertThat(terminated()).isEqualTo(TERMINATED);
  }

  @Test
  void wrongSettingOfTheEnvironmentIsNamedAsItWasGiven() throws Exception {
    launch(Map.of("LATCHKEY_CACHE_TTL", "s3cret"), List.of(), List.of());
    assertStops(2, "LATCHKEY_CACHE_TTL");
    launch(List.of("-Dlatchkey.cacheTtl=s3cret"));
    assertStops(2, "-Dlatchkey.cacheTtl");
    launch(Map.of("LATCHKEY_JDBC_PASSWORD_FILE", "nowhere"), List.of(), List.of());
    assertStops(2, "LATCHKEY_JDBC_PASSWORD_FILE");
    launch(Map.of("LATCHKEY_JDBC_URL", "jdbc:s3cret"), List.of(), List.of());
    assertStops(2, "LATCHKEY_JDBC_URL");
    assertThat(err().strip()).doesNotContain("\n");
  }

  @Test
  void versionOptionPrintsTheVersion() throws Exception {
    launch(List.of(), "--version");
    assertThat(process.waitFor()).isZero();
    assertThat(out().strip()).isEqualTo("latchkey-example " + VERSION);
    assertThat(err()).isEmpty();
    assertThat(folder.resolve("latchkey-example-data")).doesNotExist();
  }

  @Test
  void folderInUseIsReported() throws Exception {
    launch(List.of());
    URI uri = awaitStart();
    Process first = process;
    try {
      launch(List.of());
      assertStops(1, "latchkey-example-data", "in use by another process", "--jdbc-url");
      assertThat(err().strip()).doesNotContain("\n");
      assertThat(new Client(uri).get("health").status()).isEqualTo(200);
    } finally {
      first.destroyForcibly().waitFor();
    }
  }

  @Test
  void readOnlyFolderIsReported() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> asNobody = // whom file permissions bind
        System.getProperty("user.name").equals("root")
            ? List.of("setpriv", "--reuid=65534", "--clear-groups")
            : List.of();
    launch(Map.of(), asNobody, List.of());
    awaitStart();
    assertThat(terminated()).isEqualTo(TERMINATED);
    Path data = folder.resolve("latchkey-example-data");
    for (Path path : List.of(data.resolve("latchkey.mv.db"), data, folder)) {
      Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
      launch(Map.of(), asNobody, List.of());
      assertStops(1, path.toString(), "cannot be written", "--jdbc-url");
      assertThat(err().strip()).doesNotContain("\n");
      Files.setPosixFilePermissions(path, before);
      if (path.equals(data)) { // the one above matters where this has to be made
        try (Stream<Path> files = Files.list(data)) {
          files.forEach(file -> file.toFile().delete());
        }
        Files.delete(data);
      }
    }
  }

  @Test
  void folderThatCannotBeCreatedIsReported() throws Exception {
    Files.writeString(folder.resolve("latchkey-example-data"), "a file, not a folder");
    launch(List.of());
    assertStops(1, "latchkey-example-data");
    assertThat(err().strip()).doesNotContain("\n");
  }

  @Test
  void acknowledgedChangesSurviveAKill() throws Exception {
    launch(List.of());
    URI uri = awaitStart();
    Client alice = Client.loggedIn(uri, "alice");
    Answer added = alice.add("{}");
    assertThat(alice.send("DELETE", "api-keys/" + added.get("tag"), null).status()).isEqualTo(204);
    Answer other = alice.add("{}");
    process.destroyForcibly().waitFor();
    launch(List.of());
    Client caller = new Client(awaitStart());
    assertThat(caller.whoami(added.get("key")).status()).isEqualTo(401);
    assertThat(caller.whoami(other.get("key")).status()).isEqualTo(200);
  }

  @Test
  void portInUseIsReported() throws Exception {
    try (java.net.ServerSocket taken =
        new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      launch(List.of(), "--port", String.valueOf(taken.getLocalPort()));
      assertStops(1, String.valueOf(taken.getLocalPort()), "--port");
    }
  }

  @Test
  void startWithoutStoreAnswers503UntilThereIsOne() throws Exception {
    try (MariaDbServer mariaDb = new MariaDbServer(MariaDbBinaries.bundled())) {
      String database = mariaDb.newDatabase();
      Path password = Files.writeString(folder.resolve("password"), MariaDbServer.PASSWORD + "\n");
      mariaDb.kill();
      launch(
          List.of(),
          "--jdbc-url",
          mariaDb.url(database),
          "--jdbc-user",
          MariaDbServer.USER,
          "--jdbc-password-file",
          password.toString(),
          "--set",
          "startWithoutStore=true");
      URI uri = awaitStart();
      Client alice = Client.loggedIn(uri, "alice");
      Answer answer = alice.whoami(new String(validKey()));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotBlank();
      assertThat(answer.get("type")).isEqualTo("urn:latchkey:store-unavailable");
      assertThat(answer.header("WWW-Authenticate")).isNull();
      Answer list = alice.get("api-keys");
      assertThat(list.status()).isEqualTo(503);
      assertThat(list.get("type")).isEqualTo("urn:latchkey:store-unavailable");
      assertThat(list.header("Retry-After")).isNotBlank();
      assertHealth(alice, "down");
      mariaDb.restart();
      while (alice.get("api-keys").status() != 200) {
        assertThat(process.isAlive()).isTrue();
      }
      String key = alice.add("{}").get("key");
      while (alice.whoami(key).status() == 503) { // until a probe has told that look-ups may go
        assertThat(process.isAlive()).isTrue();
      }
      assertHealth(alice, "up"); // and what was cached before the feed began is forgotten
      assertThat(alice.whoami(key).status()).isEqualTo(200);

      // A cached key outlives the database for a while, an unknown one is not judged.
      mariaDb.kill();
      assertThat(alice.whoami(key).status()).isEqualTo(200);
      assertThat(alice.whoami(validKey()).status()).isEqualTo(503);
      assertHealth(alice, "down");
      mariaDb.restart();
      assertHealth(alice, "up");
      while (alice.whoami(validKey()).status() != 401) {
        assertThat(alice.whoami(key).status()).isEqualTo(200);
      }
    }
  }

  /** The change feed asks once a second. */
  private void assertHealth(Client client, String keys) {
    Answer health;
    do {
      assertThat(process.isAlive()).isTrue();
      health = client.get("health");
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.get("status")).isEqualTo("up");
    } while (!health.get("keys").equals(keys));
  }

  private static String validKey() {
    return new dev.latchkey.internal.key.KeyGenerator(
            dev.latchkey.internal.key.KeyFormat.DEFAULT, new java.security.SecureRandom())
        .newKey()
        .reveal();
  }
}
