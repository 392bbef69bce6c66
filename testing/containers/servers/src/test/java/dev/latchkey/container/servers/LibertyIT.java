package dev.latchkey.container.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Open Liberty as its project packs it. */
class LibertyIT extends ServerContract {
  private static final String SETTINGS =
      """
      <server>
        <featureManager>
          <feature>servlet-6.0</feature>
          <feature>appSecurity-5.0</feature>
          <feature>jdbc-4.3</feature>
          <feature>jndi-1.0</feature>
        </featureManager>
        <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="0" httpsPort="-1"/>
        <basicRegistry><user name="%1$s" password="%1$s"/></basicRegistry>
        <library id="h2"><file name="%2$s"/></library>
        <dataSource jndiName="jdbc/shop" transactional="false">
          <jdbcDriver libraryRef="h2" javax.sql.DataSource="org.h2.jdbcx.JdbcDataSource"/>
          <properties URL="jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1" user="sa" password=""/>
        </dataSource>
        %3$s
      </server>
      """;

  @Override
  ProcessBuilder layOut(Path base, List<Path> wars) throws Exception {
    StringBuilder applications = new StringBuilder();
    for (Path war : wars) {
      applications.append("<webApplication location=\"" + war + "\"/>");
    }
    Path settings = Files.createDirectories(base.resolve("servers/shop")).resolve("server.xml");
    Files.writeString(settings, SETTINGS.formatted(War.USER, driver(), applications));
    ProcessBuilder builder =
        new ProcessBuilder("sh", unpacked("wlp").resolve("bin/server").toString(), "run", "shop");
    builder.environment().put("WLP_USER_DIR", base.toString());
    return builder;
  }

  @Override
  Path logs(Path base) {
    return base.resolve("servers/shop/logs/messages.log");
  }

  @Override
  Pattern listening() {
    return Pattern.compile("CWWKO0219I: .* port (\\d+)");
  }

  @Override
  Pattern started(String application) {
    return Pattern.compile("(CWWKZ0001I: Application " + application + " )");
  }

  @Override
  String warning() {
    return " W ";
  }
}
