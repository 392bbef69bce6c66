package dev.latchkey.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeysConfig;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.Packages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of docs/administration.md, as they stand there, one after the other. */
class AdministrationDocsTest {
  private static final Pattern CALL = Pattern.compile("```sh\n(curl .*?)```", Pattern.DOTALL);
  private static final Pattern KEY = Pattern.compile("\"key\":\"(lk_\\w+)\"");
  private static final Pattern TAG = Pattern.compile("\"tag\":\"(\\w+)\".*\"key\":");

  @TempDir private Path folder;
  private String key = "none";
  private String tag = "none";

  private static List<String> calls() throws Exception {
    return CALL.matcher(Files.readString(Path.of("..", "docs", "administration.md")))
        .results()
        .map(call -> call.group(1))
        .toList();
  }

  private String answer(String call, ExampleServer example) throws Exception {
    String command =
        call.replace("curl ", "curl -s -w '\\n%{http_code}\\n' ")
            .replace("http://127.0.0.1:8080/", example.uri().toString())
            .replace("<tag>", tag)
            .replace("<key>", key)
            .replace("<sha256>", "0".repeat(64));
    Path output = folder.resolve("output");
    Process shell =
        ChildProcesses.builder(List.of("sh", "-e", "-c", command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    shell.waitFor();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  @Test
  void callsWorkAgainstTheExample() throws Exception {
    Packages.demandProgram("curl", "curl");
    ApiKeysConfig config =
        ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build();
    assertThat(calls()).hasSizeGreaterThan(12);
    try (ExampleServer example = ExampleServer.start(new ExampleOptions(0, config))) {
      for (String call : calls()) {
        String answer = answer(call, example);
        assertThat(answer.strip()).as(call).matches("(?s).*\n?(20[0-4]|303)");
        Matcher made = TAG.matcher(answer);
        if (made.find()) {
          tag = made.group(1);
        }
        Matcher secret = KEY.matcher(answer);
        if (secret.find()) {
          key = secret.group(1);
        }
      }
    }
  }
}
