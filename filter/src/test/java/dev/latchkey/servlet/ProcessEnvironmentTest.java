package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.test.ChildProcesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The real environment, of a process of its own. */
class ProcessEnvironmentTest {
  /** Prints how many keys a user may have, of an application in code or by a descriptor. */
  static final class Application {
    private Application() {}

    public static void main(String[] args) throws Exception {
      FakeApplication application = new FakeApplication();
      String code = "jdbc:h2:mem:code";
      switch (args[0]) {
        case "code" -> print(ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(code).build()));
        case "fromEnvironment" ->
            print(ApiKeys.open(ApiKeysConfig.builder().fromEnvironment().build()));
        default -> {
          application.filters.put("api", new HashMap<>(Map.of("maxKeysPerUser", "2")));
          ApiKeyFilter filter = application.started("api", new ApiKeyFilter());
          print((ApiKeys) application.attributes.get(ApiKeys.ATTRIBUTE));
          filter.destroy();
        }
      }
    }

    private static void print(ApiKeys apiKeys) {
      try (apiKeys) {
        System.out.println(
            "maxKeys=" + apiKeys.service().policy(KeyOwner.of("alice")).maxKeysPerUser());
      }
    }
  }

  private static String run(Map<String, String> variables, String property, String kind)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), property));
    command.addAll(List.of(Application.class.getName(), kind));
    ProcessBuilder builder = ChildProcesses.builder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  @Test
  void descriptorAndCodeTakeOfItWhatIsTheirs() throws Exception {
    Map<String, String> variables =
        Map.of(
            "LATCHKEY_JDBC_URL", "jdbc:h2:mem:environment",
            "LATCHKEY_MAX_KEYS_PER_USER", "3");
    String property = "-Dlatchkey.maxKeysPerUser=4";
    assertThat(run(variables, "-Dx=y", "descriptor")).contains("maxKeys=3");
    assertThat(run(variables, property, "descriptor")).contains("maxKeys=4");
    assertThat(run(variables, property, "fromEnvironment")).contains("maxKeys=4");
    assertThat(run(variables, property, "code")).contains("maxKeys=1");
  }

  @Test
  void wrongOneStopsTheStart() throws Exception {
    Map<String, String> variables =
        Map.of("LATCHKEY_JDBC_URL", "jdbc:h2:mem:x", "LATCHKEY_CACHE_TTL", "s3cret");
    for (String kind : List.of("descriptor", "fromEnvironment")) {
      assertThat(run(variables, "-Dx=y", kind))
          .contains("LATCHKEY_CACHE_TTL (cacheTtl) must be")
          .doesNotContain("maxKeys=", "s3cret");
    }
  }
}
