package dev.latchkey.container;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders that hold what a war would: the filter and the servlet as README.md adds them. */
final class WebApplication {
  private static final Pattern LIBRARY =
      Pattern.compile(
          ".*/(filter|admin-servlet|contract)/target/.*"
              + "|.*/(caffeine|HikariCP|flyway-core|flyway-mysql|slf4j-api|jackson-core"
              + "|mariadb-java-client|h2)-[0-9.]+\\.jar");
  private static final String PROBE =
      "<servlet><servlet-name>probe</servlet-name><servlet-class>"
          + ProbeServlet.class.getName()
          + "</servlet-class></servlet><servlet-mapping><servlet-name>probe</servlet-name>"
          + "<url-pattern>/add</url-pattern><url-pattern>/api/probe</url-pattern>"
          + "</servlet-mapping>";

  private WebApplication() {}

  /** Fills a folder. */
  static Path create(Path root, String jdbcUrl, String user, String password, String moreParams)
      throws IOException {
    Path lib = Files.createDirectories(root.resolve("WEB-INF/lib"));
    Path classes = Files.createDirectories(root.resolve("WEB-INF/classes"));
    for (String entry :
        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator))) {
      Path path = Path.of(entry);
      if (!LIBRARY.matcher(path.toUri().getPath()).matches()) {
        continue;
      }
      if (Files.isDirectory(path)) {
        copy(path, classes);
      } else {
        Files.copy(path, lib.resolve(path.getFileName()));
      }
    }
    Path passwordFile = Files.writeString(root.resolve("WEB-INF/password"), password);
    Files.writeString(
        root.resolve("WEB-INF/web.xml"),
        readme()
            .replace("version=", "metadata-complete=\"true\" version=") // saves half of the time
            .replace("jdbc:mariadb://db.example/shop", jdbcUrl.replace("&", "&amp;"))
            .replace("<param-value>shop</param-value>", "<param-value>" + user + "</param-value>")
            .replace("/run/secrets/shop-db", passwordFile.toString())
            .replace("</filter>", moreParams + "</filter>")
            .replace("</web-app>", PROBE + "</web-app>"));
    return root;
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "..", "..", "README.md"))
        .replaceAll("(?s).*```xml\n(.*?)```.*", "$1");
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.resolve("..").normalize());
      Files.copy(file, target);
    }
  }
}
