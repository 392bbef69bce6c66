package dev.latchkey.container.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** In Jetty as its project packs it. */
class UntouchedWarInJettyIT extends UntouchedWarContract {
  private static final String MODULES =
      """
      --module=http
      jetty.http.host=127.0.0.1
      jetty.http.port=0
      --module=ee11-deploy
      """;

  @Override
  ProcessBuilder layOut(Path base) throws Exception {
    Path home = ServerContract.unpacked("jetty-home-" + System.getProperty("jetty-home.version"));
    Files.createDirectory(base.resolve("webapps"));
    Files.writeString(Files.createDirectory(base.resolve("start.d")).resolve("keys.ini"), MODULES);
    Files.writeString(base.resolve("keys-password"), "secret");
    Files.writeString(
        base.resolve("keys-users.properties"), "%1$s: %1$s,user\n".formatted(War.USER));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dhawtio.authenticationEnabled=false",
            "-jar",
            home.resolve("start.jar").toString())
        .directory(base.toFile());
  }

  @Override
  void deploy(Path base, Application application) throws Exception {
    Path driver = application.lib().resolve("h2.jar");
    if (Files.notExists(driver)) {
      Files.copy(ServerContract.driver(), driver);
    }
    Files.writeString(
        base.resolve("webapps/" + application.name() + ".xml"),
        Bundle.xml("<Configure")
            .replace("/hawtio<", "/" + application.name() + "<")
            .replace("/srv/hawtio-war-4.2.0.war", application.war().toString())
            .replace("/opt/latchkey/lib", application.lib().toString())
            .replace("jdbc:mariadb://db.example/keys", "jdbc:h2:" + application.database())
            .replace("/etc/jetty", base.toString())
            .replace(
                "</Configure>",
                "<Call name=\"setInitParameter\"><Arg>latchkey.excludedPaths</Arg>"
                    + "<Arg>/public/*</Arg></Call></Configure>"));
  }

  @Override
  Path logs(Path base) {
    return ServerProcess.console(base);
  }

  @Override
  Pattern listening() {
    return Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)\\}");
  }

  @Override
  Pattern started(String application) {
    return Pattern.compile("(Started .*WebAppContext.*/" + application + ",)");
  }
}
