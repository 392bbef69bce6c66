package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.FreePorts;
import dev.latchkey.test.MariaDb;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.Packages;
import dev.latchkey.test.caller.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of pages that are for operators, as they stand there. */
@ExtendWith(MariaDb.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DocsIT {
  @TempDir private Path folder;

  private static String commands(String page) throws Exception {
    return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("..", "docs", page)))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private ProcessBuilder shell(String commands) {
    ProcessBuilder shell =
        ChildProcesses.builder(List.of("sh", "-e", "-c", commands))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    shell
        .environment()
        .merge("PATH", System.getProperty("java.home") + "/bin", (path, jdk) -> jdk + ":" + path);
    return shell;
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  private URI served(Process nodes, int port) throws Exception {
    String uri = "http://127.0.0.1:" + port + "/";
    while (!output().contains(uri)) {
      assertThat(nodes.isAlive()).as(output()).isTrue();
      nodes.waitFor(20, TimeUnit.MILLISECONDS);
    }
    return URI.create(uri);
  }

  private static ApiKeysConfig.Builder config(MariaDbServer server, String database) {
    return ApiKeysConfig.builder()
        .jdbcUrl(server.url(database))
        .jdbcUser(MariaDbServer.USER)
        .jdbcPassword(MariaDbServer.PASSWORD);
  }

  @Test
  void filesAreAppliedByHand(MariaDbServer server) throws Exception {
    Packages.demandProgram("mariadb", "mariadb-client");
    Packages.demandProgram("unzip", "unzip");
    String jar = "latchkey-filter-" + System.getProperty("latchkey.version") + ".jar";
    Files.copy(Path.of("..", "filter", "target", jar), folder.resolve(jar));
    Files.writeString(
        folder.resolve(".my.cnf"),
        "[client]\nprotocol=tcp\nport=%d\nuser=%s\npassword=%s\nskip-ssl\n"
            .formatted(server.port(), MariaDbServer.USER, MariaDbServer.PASSWORD));
    String database = server.newDatabase();
    ProcessBuilder shell =
        shell(commands("upgrade.md").replace("mariadb shop", "mariadb " + database));
    shell.environment().put("HOME", folder.toString());
    int exit = shell.start().waitFor();
    assertThat(exit).as(output()).isZero();
    try (ApiKeys apiKeys =
        ApiKeys.open(config(server, database).set("schemaMigration", "none").build())) {
      assertThat(apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()).key().owner())
          .isEqualTo("alice");
    }
  }

  @Test
  void keyCountsOnBothNodes(MariaDbServer server) throws Exception {
    List<Integer> ports = List.of(FreePorts.choose(), FreePorts.choose());
    Path password = Files.writeString(folder.resolve("password"), MariaDbServer.PASSWORD);
    String commands =
        commands("several-nodes.md")
            .replace(
                "jdbc:mariadb://127.0.0.1/shop?sslMode=disable", server.url(server.newDatabase()))
            .replace("LATCHKEY_JDBC_USER=shop", "LATCHKEY_JDBC_USER=" + MariaDbServer.USER)
            .replace("/run/secrets/shop-db", password.toString())
            .replace("example-app/target", Path.of("target").toAbsolutePath().toString())
            .replace("8080", ports.get(0).toString())
            .replace("8081", ports.get(1).toString());
    Process nodes = shell(commands + "wait\n").start();
    try {
      URI first = served(nodes, ports.get(0));
      URI second = served(nodes, ports.get(1));
      String key = Client.loggedIn(first, "alice").add("{}").get("key");
      for (URI node : List.of(first, second)) {
        assertThat(new Client(node).whoami(key).get("user")).isEqualTo("alice");
      }
    } finally {
      nodes.destroy();
      nodes.waitFor();
    }
  }
}
