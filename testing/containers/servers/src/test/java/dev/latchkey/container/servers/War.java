package dev.latchkey.container.servers;

import dev.latchkey.container.shop.CallerServlet;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** The war that the build made, with the web.xml that README.md shows. */
final class War {
  /** Who may log in, everywhere with this as password, too. */
  static final String USER = "alice";

  private static final Path BUILT = Path.of("target", "shop.war");
  private static final Path README = Path.of("..", "..", "..", "README.md");

  /** What is the application's own: its API, and logins for the servlet. */
  private static final String APPLICATION =
      """
      <servlet>
        <servlet-name>caller</servlet-name>
        <servlet-class>%s</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>caller</servlet-name><url-pattern>/api/caller</url-pattern>
      </servlet-mapping>
      <security-constraint>
        <web-resource-collection>
          <web-resource-name>keys</web-resource-name><url-pattern>/api-keys/*</url-pattern>
        </web-resource-collection>
        <auth-constraint><role-name>**</role-name></auth-constraint>
      </security-constraint>
      <login-config><auth-method>BASIC</auth-method><realm-name>shop</realm-name></login-config>
      </web-app>
      """
          .formatted(CallerServlet.class.getName());

  private War() {}

  /**
   * Writes one.
   *
   * @param moreParams of the filter, as XML
   * @return the file
   */
  static Path write(Path file, String jdbcUrl, String moreParams) throws IOException {
    Path password = Files.writeString(Path.of(file + "-password"), "secret");
    String webXml =
        Files.readString(README)
            .replaceAll("(?s).*```xml\n(.*?)```.*", "$1")
            .replace("jdbc:mariadb://db.example/shop", jdbcUrl)
            .replace("/run/secrets/shop-db", password.toString())
            .replace("</filter>", moreParams + "</filter>")
            .replace("</web-app>", APPLICATION);
    Files.copy(BUILT, file);
    try (FileSystem war = FileSystems.newFileSystem(file)) {
      Files.writeString(war.getPath("WEB-INF", "web.xml"), webXml);
    }
    return file;
  }
}
