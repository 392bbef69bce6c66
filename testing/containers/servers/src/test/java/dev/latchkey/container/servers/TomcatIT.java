package dev.latchkey.container.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tomcat as its project packs it. */
class TomcatIT extends ServerContract {
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
    for (String name : List.of("conf", "logs", "temp", "webapps", "work")) {
      Files.createDirectory(base.resolve(name));
    }
    for (String name : List.of("catalina.properties", "logging.properties", "web.xml")) {
      Files.copy(conf().resolve(name), base.resolve("conf").resolve(name));
    }
    Files.writeString(
        base.resolve("conf/server.xml"),
        Files.readString(conf().resolve("server.xml"))
            .replace("port=\"8005\"", "port=\"-1\"")
            .replace("port=\"8080\"", "port=\"0\" address=\"127.0.0.1\""));
    Files.writeString(
        base.resolve("conf/tomcat-users.xml"),
        "<tomcat-users><user username=\"%1$s\" password=\"%1$s\" roles=\"manager-script\"/>"
                .formatted(War.USER)
            + "</tomcat-users>");
    Files.writeString(
        Files.createDirectories(base.resolve("conf/Catalina/localhost")).resolve("manager.xml"),
        "<Context docBase=\"" + manager() + "\" privileged=\"true\"/>");
    for (Path war : wars) {
      Files.copy(war, base.resolve("webapps").resolve(war.getFileName()));
    }
    ProcessBuilder builder =
        new ProcessBuilder("sh", home().resolve("bin/catalina.sh").toString(), "run");
    builder.environment().put("CATALINA_HOME", home().toString());
    builder.environment().put("CATALINA_BASE", base.toString());
    return builder;
  }

  @Override
  Path logs(Path base) {
    return base.resolve("logs");
  }

  @Override
  Pattern listening() {
    return Pattern.compile("Starting ProtocolHandler \\[\"http-nio-127\\.0\\.0\\.1-auto-1-(\\d+)");
  }

  @Override
  Pattern started(String application) {
    return Pattern.compile("(" + application + "\\.war\\] has finished)");
  }

  @Override
  String warning() {
    return " WARNING ";
  }

  /** By Tomcat's own judgement, after a full garbage collection. */
  @Test
  void nothingIsLeftOfAnApplicationThatGoes() throws Exception {
    assertThat(manage("deploy?path=/gone&war=" + shop("gone").toUri())).startsWith("OK");
    useKeyOf("gone");
    assertThat(manage("undeploy?path=/gone")).startsWith("OK");
    assertThat(manage("findleaks?statusLine=true")).contains("No memory leaks found");
  }

  private String manage(String command) throws Exception {
    return get("manager/text/" + command, LOGIN).body();
  }
}
