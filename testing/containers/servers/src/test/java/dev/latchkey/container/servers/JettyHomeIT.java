package dev.latchkey.container.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Jetty as its project packs it. */
class JettyHomeIT extends ServerContract {
  private static final String MODULES =
      """
      --module=http
      jetty.http.host=127.0.0.1
      jetty.http.port=0
      logins.xml
      --module=ee11-deploy
      --module=ee11-plus
      --module=ext
      """;
  private static final String LOGINS =
      """
      <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN"
          "https://jetty.org/configure_10_0.dtd">
      <Configure id="Server" class="org.eclipse.jetty.server.Server">
        <Call name="addBean">
          <Arg>
            <New class="org.eclipse.jetty.security.HashLoginService">
              <Set name="name">shop</Set>
              <Set name="userStore">
                <New class="org.eclipse.jetty.security.UserStore">
                  <Call name="addUser">
                    <Arg>%1$s</Arg>
                    <Arg>
                      <New class="org.eclipse.jetty.util.security.Password"><Arg>%1$s</Arg></New>
                    </Arg>
                    <Arg><Array type="java.lang.String"/></Arg>
                  </Call>
                </New>
              </Set>
            </New>
          </Arg>
        </Call>
        <New class="org.eclipse.jetty.plus.jndi.Resource">
          <Arg/>
          <Arg>jdbc/shop</Arg>
          <Arg>
            <New class="org.h2.jdbcx.JdbcDataSource">
              <Set name="url">jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1</Set>
            </New>
          </Arg>
        </New>
      </Configure>
      """
          .formatted(War.USER);

  @Override
  ProcessBuilder layOut(Path base, List<Path> wars) throws Exception {
    Path home = unpacked("jetty-home-" + System.getProperty("jetty-home.version"));
    Files.createDirectory(base.resolve("webapps"));
    for (Path war : wars) {
      Files.copy(war, base.resolve("webapps").resolve(war.getFileName()));
    }
    Files.copy(driver(), Files.createDirectories(base.resolve("lib/ext")).resolve("h2.jar"));
    Files.createDirectory(base.resolve("start.d"));
    Files.writeString(base.resolve("start.d/shop.ini"), MODULES);
    Files.writeString(base.resolve("logins.xml"), LOGINS);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            home.resolve("start.jar").toString())
        .directory(base.toFile());
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

  @Override
  String warning() {
    return "WARNING:";
  }
}
