package dev.latchkey.container.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Polling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tomcat as its project packs it. */
class TomcatIT extends ServerContract {
  private static final String CONTEXT =
      """
      <Context>
        <Resource name="jdbc/shop" type="javax.sql.DataSource" auth="Container"
                  driverClassName="org.h2.Driver" url="jdbc:h2:mem:shop" username="sa"/>
      </Context>
      """;

  /** Returns where it is. */
  Path home() {
    return unpacked("apache-tomcat-" + System.getProperty("tomcat.version"));
  }

  /** Returns where its settings are. */
  Path conf() {
    return home().resolve("conf");
  }

  /** Returns where the application is that deploys others. */
  Path manager() {
    return home().resolve("webapps/manager");
  }

  @Override
  ProcessBuilder layOut(Path base, List<Path> wars) throws Exception {
    ProcessBuilder builder = Tomcats.layOut(base, home(), conf());
    Files.writeString(
        Files.createDirectories(base.resolve("conf/Catalina/localhost")).resolve("manager.xml"),
        "<Context docBase=\"" + manager() + "\" privileged=\"true\"/>");
    Files.writeString(base.resolve("conf/context.xml"), CONTEXT);
    for (Path war : wars) {
      Files.copy(war, base.resolve("webapps").resolve(war.getFileName()));
    }
    return builder;
  }

  @Override
  Path logs(Path base) {
    return base.resolve("logs");
  }

  @Override
  Pattern listening() {
    return Tomcats.LISTENING;
  }

  @Override
  Pattern started(String application) {
    return Pattern.compile("(" + application + "\\.war\\] has finished)");
  }

  @Override
  String warning() {
    return " WARNING ";
  }

  /**
   * By Tomcat's own judgement, after a full garbage collection: on a busy machine what ends may
   * last longer than the first.
   */
  @Test
  void nothingIsLeftOfAnApplicationThatGoes() throws Exception {
    assertThat(manage("deploy?path=/gone&war=" + shop("gone").toUri())).startsWith("OK");
    useKeyOf("gone");
    assertThat(manage("undeploy?path=/gone")).startsWith("OK");
    Polling.until(
        () -> leaks().contains("No memory leaks found"), () -> "something is left: " + leaks());
  }

  private String leaks() {
    try {
      return manage("findleaks?statusLine=true");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String manage(String command) throws Exception {
    return get("manager/text/" + command, LOGIN).body();
  }
}
