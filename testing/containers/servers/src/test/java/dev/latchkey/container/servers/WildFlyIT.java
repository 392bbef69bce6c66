package dev.latchkey.container.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** WildFly as its project packs it: a filter starts when the first request comes to it. */
class WildFlyIT extends ServerContract {
  @Override
  ProcessBuilder layOut(Path base, List<Path> wars) throws Exception {
    Path home = unpacked("wildfly-" + System.getProperty("wildfly.version"));
    Path settings = Files.createDirectory(base.resolve("configuration"));
    try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, settings.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        settings.resolve("application-users.properties"),
        "#$REALM_NAME=ApplicationRealm$\n" + War.USER + '=' + digest());
    Path deployments = Files.createDirectory(base.resolve("deployments"));
    for (Path war : wars) {
      Files.copy(war, deployments.resolve(war.getFileName()));
    }
    return new ProcessBuilder(
        "sh",
        home.resolve("bin/standalone.sh").toString(),
        "-Djboss.server.base.dir=" + base,
        "-Djboss.http.port=0",
        "-Djboss.https.port=0",
        "-Djboss.management.http.port=0",
        "-Djboss.management.https.port=0");
  }

  private static String digest() throws Exception {
    String text = War.USER + ":ApplicationRealm:" + War.USER;
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(US_ASCII)));
  }

  /** The one that it comes with; it takes part in JTA. */
  @Override
  String resourceRef() {
    return "<lookup-name>java:jboss/datasources/ExampleDS</lookup-name>";
  }

  @Override
  Path logs(Path base) {
    return base.resolve("log/server.log");
  }

  @Override
  Pattern listening() {
    return Pattern.compile("HTTP listener default listening on 127\\.0\\.0\\.1:(\\d+)");
  }

  @Override
  Pattern started(String application) {
    return Pattern.compile("(WFLYSRV0010: Deployed \"" + application + "\\.war\")");
  }

  @Override
  String warning() {
    return " WARN ";
  }
}
