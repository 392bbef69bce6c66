package dev.latchkey.container.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Lays out folders for a Tomcat to run in, as its own documentation has it. */
final class Tomcats {
  /** Finds its port in its log. */
  static final Pattern LISTENING =
      Pattern.compile("Starting ProtocolHandler \\[\"http-nio-127\\.0\\.0\\.1-auto-1-(\\d+)");

  private Tomcats() {}

  /**
   * Fills an empty folder.
   *
   * @param home where Tomcat is
   * @param conf where its settings are
   * @return how to start it there
   */
  static ProcessBuilder layOut(Path base, Path home, Path conf) throws Exception {
    for (String name : List.of("conf", "lib", "logs", "temp", "webapps", "work")) {
      Files.createDirectories(base.resolve(name));
    }
    for (String name : List.of("catalina.properties", "logging.properties", "web.xml")) {
      Files.copy(conf.resolve(name), base.resolve("conf").resolve(name));
    }
    Files.writeString(
        base.resolve("conf/server.xml"),
        Files.readString(conf.resolve("server.xml"))
            .replace("port=\"8005\"", "port=\"-1\"")
            .replace("port=\"8080\"", "port=\"0\" address=\"127.0.0.1\""));
    Files.writeString(
        base.resolve("conf/tomcat-users.xml"),
        "<tomcat-users><user username=\"%1$s\" password=\"%1$s\" roles=\"manager-script\"/>"
                .formatted(War.USER)
            + "</tomcat-users>");
    Files.copy(ServerContract.driver(), base.resolve("lib/h2.jar"));
    ProcessBuilder builder =
        new ProcessBuilder("sh", home.resolve("bin/catalina.sh").toString(), "run");
    builder.environment().put("CATALINA_HOME", home.toString());
    builder.environment().put("CATALINA_BASE", base.toString());
    return builder;
  }
}
