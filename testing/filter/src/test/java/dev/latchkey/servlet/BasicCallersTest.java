package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.test.ChildProcesses;
import dev.latchkey.test.Packages;
import dev.latchkey.test.WebServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers that know no Bearer and send nothing unasked: git and Maven, as docs/calling.md has it.
 */
class BasicCallersTest {
  static final String CREDENTIAL_HELPER =
      "!f() { echo username=key; echo \"password=$LATCHKEY_KEY\"; }; f";

  static final String SERVER =
      """
      <server>
        <id>shop</id>
        <username>key</username>
        <password>${env.LATCHKEY_KEY}</password>
      </server>
      """;

  private static final String COMMIT = "0123456789012345678901234567890123456789";
  private static final String PARENT =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.example</groupId>
        <artifactId>parent</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
      </project>
      """;

  @TempDir Path dir;
  private final ApiKeys apiKeys =
      ApiKeys.open(
          ApiKeysConfig.builder()
              .jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
              .acceptBasic(true)
              .build());
  private final WebServer server = new WebServer("/").with("/api/*", new ApiKeyFilter(apiKeys));
  private final String key =
      apiKeys.service().add(KeyOwner.of("ci"), KeyRequest.create()).secret().reveal();

  @BeforeEach
  void start() throws Exception {
    server
        .with("/api/shop.git/info/refs", text(COMMIT + "\trefs/heads/main\n"), Map.of())
        .with("/api/maven/com/example/parent/1/parent-1.pom", text(PARENT), Map.of())
        .start();
  }

  @AfterEach
  void stop() {
    server.close();
    apiKeys.close();
  }

  private static HttpServlet text(String text) {
    return new HttpServlet() {
      @Override
      protected void doGet(HttpServletRequest request, HttpServletResponse response)
          throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(text);
      }
    };
  }

  /** Runs a program that has a key in its environment; returns what it says. */
  private String run(String key, int exit, String... command) throws Exception {
    Path output = dir.resolve("output");
    ProcessBuilder program =
        ChildProcesses.builder(List.of(command))
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    program.environment().put("LATCHKEY_KEY", key);
    program.environment().put("GIT_TERMINAL_PROMPT", "0");
    int ended = program.start().waitFor();
    String said = Files.readString(output);
    assertThat(ended).as(said).isEqualTo(exit);
    assertThat(said).doesNotContain(key);
    return said;
  }

  @Test
  void gitSendsTheKeyAsPassword() throws Exception {
    Packages.demandProgram("git", "git");
    String[] lsRemote = {
      "git",
      "-c",
      "credential.helper=" + CREDENTIAL_HELPER,
      "ls-remote",
      server.uri() + "api/shop.git"
    };
    assertThat(run(key, 0, lsRemote)).contains(COMMIT);
    String wrong = "x" + key.substring(1);
    assertThat(run(wrong, 128, lsRemote)).contains("Authentication failed").doesNotContain(COMMIT);
  }

  @Test
  void mavenSendsTheKeyAsPassword() throws Exception {
    Files.writeString(
        dir.resolve("settings.xml"), "<settings><servers>" + SERVER + "</servers></settings>");
    Files.writeString(
        dir.resolve("pom.xml"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>com.example</groupId>
            <artifactId>parent</artifactId>
            <version>1</version>
          </parent>
          <artifactId>child</artifactId>
          <repositories>
            <repository>
              <id>shop</id>
              <url>%sapi/maven</url>
            </repository>
          </repositories>
        </project>
        """
            .formatted(server.uri()));
    String[] validate = {
      "mvn", "-B", "-s", "settings.xml", "-Dmaven.repo.local=" + dir.resolve("repo"), "validate"
    };
    assertThat(run("x" + key.substring(1), 1, validate)).contains("401");
    assertThat(run(key, 0, append(validate, "-U"))).contains("BUILD SUCCESS");
  }

  private static String[] append(String[] command, String last) {
    String[] longer = Arrays.copyOf(command, command.length + 1);
    longer[command.length] = last;
    return longer;
  }
}
