package dev.latchkey.container.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.Packages;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files beside a war put keys in front of it, as docs/war-untouched.md says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UntouchedWarContract {
  private static final Path HAWTIO =
      Path.of("target", "servers", "hawtio-war-" + System.getProperty("hawtio.version") + ".war")
          .toAbsolutePath();

  private final Map<String, Path> wars = new LinkedHashMap<>();
  private Path folder = Path.of("");
  private String hashBefore = "";
  private ServerProcess server;
  private URI uri;

  /** An application to deploy. */
  record Application(String name, Path war, Path lib, Path database) {}

  /** Lays out a server that {@link War#USER} can log in to. */
  abstract ProcessBuilder layOut(Path base) throws Exception;

  /** Writes the file of the page that deploys an application, with its paths. */
  abstract void deploy(Path base, Application application) throws Exception;

  /** Finds, on its console, its port, as the first group. */
  abstract Pattern listening();

  /** Finds, on its console, that an application has started. */
  abstract Pattern started(String application);

  /** Returns where it logs to. */
  abstract Path logs(Path base);

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    hashBefore = hash(HAWTIO);
    wars.put("hawtio", HAWTIO);
    wars.put("plain", PlainWar.write(folder.resolve("plain.war"), "", ""));
    wars.put("absolute", PlainWar.write(folder.resolve("a.war"), "", "<absolute-ordering/>"));
    wars.put("complete", PlainWar.write(folder.resolve("c.war"), "metadata-complete=\"true\"", ""));
    Path lib = Bundle.unpack(folder.resolve("lib"));
    Path libOfHawtio = Bundle.unpack(folder.resolve("hawtio-lib"));
    Bundle.replaceFragment(folder.resolve("hawtio-lib"));
    Path base = Files.createDirectory(folder.resolve("base"));
    ProcessBuilder builder = layOut(base);
    for (Map.Entry<String, Path> war : wars.entrySet()) {
      String name = war.getKey();
      deploy(
          base,
          new Application(
              name,
              war.getValue(),
              name.equals("hawtio") ? libOfHawtio : lib,
              folder.resolve(name + "-database")));
    }
    server = new ServerProcess(builder, base);
    uri = URI.create("http://127.0.0.1:" + server.await(logs(base), listening()) + "/");
    for (String name : wars.keySet()) {
      server.await(logs(base), started(name));
    }
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static String hash(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  private HttpCaller anyone(String application) {
    return new HttpCaller(uri.resolve(application + "/"));
  }

  private HttpCaller alice(String application) {
    return anyone(application).with("Authorization", ServerContract.LOGIN);
  }

  private void keyLives(String application, String servlet, String api, String expected) {
    HttpCaller alice = alice(application);
    assertThat(anyone(application).get(servlet).send().status()).isEqualTo(401);
    assertThat(alice.get(servlet).send().text()).startsWith("{\"keys\":[]");
    Answer added = alice.call("POST", servlet).json("{}").send();
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    String key = added.get("key");
    Answer passed = anyone(application).get(api).bearer(key).send();
    assertThat(passed.status()).as(passed.text()).isEqualTo(200);
    assertThat(passed.text()).contains(expected);
    assertThat(passed.header("API-Key-Expires")).endsWith(" GMT");
    assertThat(alice.call("DELETE", servlet + "/" + added.get("tag")).send().status())
        .isEqualTo(204);
    anyone(application).get(api).bearer(key).send().assertProblem(401, "invalid-key");
  }

  @Test
  void hawtioNeedsAKeyOfALoggedInUser() throws Exception {
    for (String api : new String[] {"jolokia", "jolokia/version", "proxy/http/127.0.0.1/x"}) {
      anyone("hawtio").get(api).send().assertProblem(401, "missing-key");
    }
    keyLives("hawtio", "user/api-keys", "jolokia/version", "\"agent\":\"");
    assertThat(hash(HAWTIO)).isEqualTo(hashBefore);
  }

  @Test
  void commandsOfThePageRun() throws Exception {
    Packages.demandProgram("curl", "curl");
    Map<String, String> names =
        Map.of("/srv/hawtio-war-4.2.0.war", HAWTIO.toString(), "http://127.0.0.1:8080/", uri + "");
    assertThat(Bundle.run(folder, 2, names, Map.of())).contains("ClientRouteRedirectFilter");
    String added = Bundle.run(folder, 3, names, Map.of("PASSWORD", War.USER));
    String key = added.replaceAll("(?s).*\"key\":\"([^\"]+)\".*", "$1");
    assertThat(Bundle.run(folder, 4, names, Map.of("KEY", key))).contains("\"agent\":");
    alice("hawtio")
        .call("DELETE", added.replaceAll("(?s).*\"tag\":\"([^\"]+)\".*", "user/api-keys/$1"))
        .send();
  }

  @Test
  void pageSaysWhatTheBundleHolds() throws Exception {
    try (Stream<Path> jars = Files.list(Bundle.unpack(folder.resolve("count")))) {
      List<Path> files = jars.toList();
      double bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      assertThat(Files.readString(Path.of("../../../docs/compatibility.md")))
          .contains("%d jars, %.1f MB".formatted(files.size(), bytes / 1e6));
    }
  }

  @Test
  void hawtiosPagesAreAsBefore() {
    assertThat(anyone("hawtio").get("index.html").send().text()).contains("<title>");
    assertThat(anyone("hawtio").get("img/hawtio-logo.svg").send().status()).isEqualTo(200);
  }

  @Test
  void fragmentThatComesAlongCoversEverything() {
    for (String path : new String[] {"api/caller", "", "nowhere"}) {
      anyone("plain").get(path).send().assertProblem(401, "missing-key");
    }
    keyLives("plain", "api-keys", "api/caller", "alice by API_KEY");
  }

  @Test
  void settingsComeFromTheFileBesideTheWar() {
    assertThat(anyone("plain").get("public/caller").send().text()).isEqualTo("null by null");
  }

  @Test
  void filtersOfTheWarComeFirst() {
    assertThat(anyone("plain").get("api/caller").header("X-Gate", "x").send().text())
        .isEqualTo("the gate is first");
  }

  @Test
  void absoluteOrderingLeavesTheFragmentOut() {
    assertThat(anyone("absolute").get("api/caller").send().text()).isEqualTo("null by null");
  }

  @Test
  void metadataCompleteLeavesTheFragmentOut() {
    assertThat(anyone("complete").get("api/caller").send().text()).isEqualTo("null by null");
  }
}
