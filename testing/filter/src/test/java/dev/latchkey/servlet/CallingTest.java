package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.Validity;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.Packages;
import dev.latchkey.test.WebServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs of docs/calling.md, as they stand there. */
class CallingTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "calling.md");

  /** A program of the page: the language of its block, what it needs, and what runs it. */
  private enum Caller {
    CURL("sh", "curl", "sh", "call.sh"),
    JAVA("java", "sh", java(), "Call.java"),
    PYTHON("python", "python3", "python3", "call.py"),
    JAVASCRIPT("js", "node", "node", "call.mjs");

    private final String language;
    private final String program;
    private final List<String> command;

    Caller(String language, String program, String... command) {
      this.language = language;
      this.program = program;
      this.command = List.of(command);
    }

    private String file() {
      return command.get(command.size() - 1);
    }

    private static String java() {
      return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
  }

  /** What a program left behind. */
  private record Ended(int exit, String output, String errors) {}

  @TempDir Path dir;
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  private final ApiKeys apiKeys =
      ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build());
  private final WebServer server =
      new WebServer("/")
          .with("/api/*", new ApiKeyFilter(apiKeys))
          .with("/api/orders", new Orders(), Map.of());

  /** Answers with the statuses that a test has put there, then with 200. */
  @SuppressWarnings("serial") // never serialized
  private final class Orders extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      calls.add(request.getRemoteUser());
      Integer status = statuses.poll();
      response.setStatus(status == null ? 200 : status);
      if (response.getStatus() == 429 || response.getStatus() == 503) {
        response.setHeader("Retry-After", "0");
      }
      response.getWriter().print(status == null ? "all orders" : "no orders");
    }
  }

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    apiKeys.close();
  }

  private String key(int days) {
    IssuedKey key =
        apiKeys
            .service()
            .add(KeyOwner.of("ci"), KeyRequest.create().withValidity(Validity.ofDays(days)));
    return key.secret().reveal();
  }

  /** Returns the blocks of a language, in the page's order. */
  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(block -> blocks.add(block.group(1)));
    return blocks;
  }

  private Ended call(Caller caller, String key) throws Exception {
    Packages.demandProgram(caller.program, caller.program);
    Files.writeString(dir.resolve(caller.file()), blocks(caller.language).get(0));
    Ended ended = run(key, caller.command);
    assertThat(ended.output() + ended.errors()).doesNotContain(key);
    return ended;
  }

  private Ended run(String key, List<String> command) throws Exception {
    ProcessBuilder program =
        ChildProcesses.builder(command)
            .directory(dir.toFile())
            .redirectOutput(dir.resolve("output").toFile())
            .redirectError(dir.resolve("errors").toFile());
    program.environment().put("LATCHKEY_KEY", key);
    program.environment().put("API_URL", server.uri() + "api/orders");
    int exit = program.start().waitFor();
    return new Ended(
        exit, Files.readString(dir.resolve("output")), Files.readString(dir.resolve("errors")));
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void programReadsTheAnswer(Caller caller) throws Exception {
    Ended ended = call(caller, key(30));
    assertThat(ended.errors()).isEmpty();
    assertThat(ended.output()).contains("all orders");
    assertThat(ended.exit()).isZero();
    assertThat(calls).containsExactly("ci");
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void programTriesAgainWhenToldTo(Caller caller) throws Exception {
    statuses.addAll(List.of(503, 429));
    Ended ended = call(caller, key(30));
    assertThat(ended.output()).contains("all orders");
    assertThat(ended.exit()).isZero();
    assertThat(calls).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(value = Caller.class, names = "CURL", mode = EnumSource.Mode.EXCLUDE) // pauses longer
  void programGivesUpAtLast(Caller caller) throws Exception {
    for (int i = 0; i < 20; i++) {
      statuses.add(503);
    }
    assertThat(call(caller, key(30)).exit()).isEqualTo(1);
    assertThat(calls).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void programDoesNotTryABadKeyAgain(Caller caller) throws Exception {
    String key = key(30);
    apiKeys.revoke(key);
    Ended ended = call(caller, key);
    assertThat(ended.exit()).isNotZero();
    assertThat(ended.output() + ended.errors())
        .contains("401")
        .contains("urn:latchkey:invalid-key");
    assertThat(calls).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Caller.class)
  void programDoesNotTryAgainWhatItMayNotDo(Caller caller) throws Exception {
    statuses.add(403);
    Ended ended = call(caller, key(30));
    assertThat(ended.exit()).isNotZero();
    assertThat(ended.output() + ended.errors()).contains("403");
    assertThat(calls).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(value = Caller.class, names = "CURL", mode = EnumSource.Mode.EXCLUDE)
  void programWarnsAWeekBeforeTheKeyExpires(Caller caller) throws Exception {
    Ended ended = call(caller, key(6));
    assertThat(ended.errors()).contains("expires at").contains("reissue it");
    assertThat(ended.output()).contains("all orders");
    assertThat(ended.exit()).isZero();
  }

  @Test
  void curlTellsWhenTheKeyExpires() throws Exception {
    Packages.demandProgram("curl", "curl");
    Files.writeString(dir.resolve("call.sh"), blocks("sh").get(1));
    assertThat(run(key(30), List.of("sh", "call.sh")).output())
        .matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT\\n");
  }

  @Test
  void pageHasTheCommandsThatBasicCallersTestRuns() throws Exception {
    assertThat(String.join("", blocks("sh")))
        .contains("credential.helper='" + BasicCallersTest.CREDENTIAL_HELPER + "'");
    assertThat(blocks("xml").get(0)).isEqualTo(BasicCallersTest.SERVER);
  }

  @Test
  void scannerRulesFindEveryKeyAndNoSha256() throws Exception {
    String rule = blocks("text").get(0).strip();
    assertThat(blocks("sh").get(3)).isEqualTo("git secrets --add '" + rule + "'\n");
    assertThat(blocks("toml").get(0)).contains("regex = '''" + rule + "'''");
    Pattern pattern = Pattern.compile(rule);
    for (int i = 0; i < 10_000; i++) {
      String key = FilterContract.unknownKey();
      assertThat(pattern.matcher("key=\"" + key + "\",").find()).isTrue();
      assertThat(pattern.matcher(key + "0").find()).isFalse();
    }
    assertThat(pattern.matcher("lk_" + "z".repeat(49)).find()).isFalse();
  }

  @Test
  void gitSecretsFindsALeakedKey() throws Exception {
    Packages.demandProgram("git-secrets", "git-secrets");
    assertThat(run("-", List.of("git", "init", "--quiet", ".")).exit()).isZero();
    Files.writeString(dir.resolve("add.sh"), blocks("sh").get(3));
    assertThat(run("-", List.of("sh", "add.sh")).exit()).isZero();
    Files.writeString(dir.resolve("leak.yaml"), "key: " + FilterContract.unknownKey() + "\n");
    assertThat(run("-", List.of("git", "secrets", "--scan", "leak.yaml")).exit()).isNotZero();
    Files.writeString(dir.resolve("leak.yaml"), "key: lk_" + "z".repeat(49) + "\n");
    assertThat(run("-", List.of("git", "secrets", "--scan", "leak.yaml")).exit()).isZero();
  }
}
