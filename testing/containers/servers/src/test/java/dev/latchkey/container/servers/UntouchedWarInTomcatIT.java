package dev.latchkey.container.servers;

import dev.latchkey.test.Packages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** In Tomcat as Debian packs it. */
class UntouchedWarInTomcatIT extends UntouchedWarContract {
  @Override
  ProcessBuilder layOut(Path base) throws Exception {
    Path conf = Path.of("/etc/tomcat10");
    Packages.demand(conf, "tomcat10");
    Files.createDirectories(base.resolve("conf/Catalina/localhost"));
    ProcessBuilder builder = Tomcats.layOut(base, Path.of("/usr/share/tomcat10"), conf);
    builder.environment().put("CATALINA_OPTS", "-Dhawtio.authenticationEnabled=false");
    return builder;
  }

  @Override
  void deploy(Path base, Application application) throws Exception {
    Files.writeString(
        base.resolve("conf/Catalina/localhost/" + application.name() + ".xml"),
        Bundle.xml("<Context")
            .replace("/srv/hawtio-war-4.2.0.war", application.war().toString())
            .replace("/opt/latchkey/lib", application.lib().toString())
            .replace("org.mariadb.jdbc.Driver", "org.h2.Driver")
            .replace("jdbc:mariadb://db.example/keys", "jdbc:h2:" + application.database())
            .replace(
                "</Context>",
                "<Parameter name=\"latchkey.excludedPaths\" value=\"/public/*\"/></Context>"));
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
    return Pattern.compile("(" + application + "\\.xml\\] has finished)");
  }
}
