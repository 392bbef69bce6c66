package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.Packages;
import dev.latchkey.test.caller.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/rotate.md, as they stand there. */
class RotateTest {
  private final ExampleServer server =
      ExampleServer.start(
          new ExampleOptions(
              0, ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build()));
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  private String run(int block, String tag) throws Exception {
    String command =
        Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "docs", "rotate.md")))
            .results()
            .map(found -> found.group(1))
            .toList()
            .get(block)
            .replace("http://127.0.0.1:8080/", server.uri().toString());
    Path output = folder.resolve("output");
    ProcessBuilder shell =
        ChildProcesses.builder(List.of("sh", "-e", "-c", command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().put("PASSWORD", "alice");
    shell.environment().put("TAG", tag);
    int exit = shell.start().waitFor();
    assertThat(exit).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  private static String member(String json, String name) {
    return json.replaceAll("(?s).*\"" + name + "\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void bothKeysWorkDuringTheGrace() throws Exception {
    Packages.demandProgram("curl", "curl");
    String old = Client.loggedIn(server.uri(), "alice").add("{}").get("key");
    run(0, "");
    String tag = member(run(1, ""), "tag");
    assertThat(run(2, tag)).isEmpty();
    String reissued = member(Files.readString(folder.resolve("new-key.json")), "key");
    assertThat(reissued).startsWith("lk_").isNotEqualTo(old);
    for (String key : List.of(old, reissued)) {
      assertThat(new Client(server.uri()).whoami(key).get("user")).isEqualTo("alice");
    }
  }
}
