package dev.latchkey.container.servers;

import dev.latchkey.container.shop.CallerServlet;
import dev.latchkey.container.shop.DispatchServlet;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** The war that the build made, with a web.xml that the documentation shows. */
final class War {
  /** Who may log in, everywhere with this as password, too. */
  static final String USER = "alice";

  private static final Path BUILT = Path.of("target", "shop.war");
  private static final Path ROOT = Path.of("..", "..", "..");

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

  /** The application beside docs/web-xml.md, with a constraint where none should be. */
  private static final String APPLICATION_WITH_FORM =
      """
      <servlet>
        <servlet-name>caller</servlet-name>
        <servlet-class>%s</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>caller</servlet-name>
        <url-pattern>/api/caller</url-pattern><url-pattern>/api/constrained/*</url-pattern>
        <url-pattern>/account/caller</url-pattern><url-pattern>/api/error</url-pattern>
      </servlet-mapping>
      <servlet>
        <servlet-name>dispatch</servlet-name>
        <servlet-class>%s</servlet-class>
        <async-supported>true</async-supported>
      </servlet>
      <servlet-mapping>
        <servlet-name>dispatch</servlet-name>
        <url-pattern>/api/async</url-pattern><url-pattern>/public/async</url-pattern>
        <url-pattern>/api/forward</url-pattern><url-pattern>/public/forward</url-pattern>
        <url-pattern>/api/include</url-pattern><url-pattern>/public/include</url-pattern>
        <url-pattern>/api/fail</url-pattern><url-pattern>/public/fail</url-pattern>
        <url-pattern>/public/gone</url-pattern>
      </servlet-mapping>
      <error-page><error-code>418</error-code><location>/api/error</location></error-page>
      <error-page><error-code>410</error-code><location>/public/forward</location></error-page>
      <security-constraint>
        <web-resource-collection>
          <web-resource-name>mistake</web-resource-name>
          <url-pattern>/api/constrained/*</url-pattern>
        </web-resource-collection>
        <auth-constraint><role-name>**</role-name></auth-constraint>
      </security-constraint>
      """
          .formatted(CallerServlet.class.getName(), DispatchServlet.class.getName());

  private static final String FORM =
      """
      <!DOCTYPE html>
      <title>Log in</title>
      <form method="post" action="j_security_check">
        <input name="j_username"><input name="j_password" type="password"><button>Log in</button>
      </form>
      """;

  private War() {}

  /**
   * Writes one with README.md's.
   *
   * @param moreParams of the filter, as XML
   * @return the file
   */
  static Path write(Path file, String jdbcUrl, String moreParams) throws IOException {
    Path password = Files.writeString(Path.of(file + "-password"), "secret");
    return write(
        file,
        block("README.md", "<web-app")
            .replace("jdbc:mariadb://db.example/shop", jdbcUrl)
            .replace("/run/secrets/shop-db", password.toString())
            .replace("</filter>", moreParams + "</filter>")
            .replace("</web-app>", APPLICATION));
  }

  /**
   * Writes one with that of docs/web-xml.md.
   *
   * @param resourceRef what the server needs of the reference to the {@code DataSource}, as XML
   * @return the file
   */
  static Path writeWithForm(Path file, String resourceRef) throws IOException {
    String exception =
        block("docs/web-xml.md", "<security-constraint").replace("/api/*", "/api/constrained/not");
    return write(
        file,
        block("docs/web-xml.md", "<web-app")
            .replace("</resource-ref>", resourceRef + "</resource-ref>")
            .replace("</web-app>", APPLICATION_WITH_FORM + exception + "</web-app>"));
  }

  private static String block(String page, String root) throws IOException {
    return Files.readString(ROOT.resolve(page))
        .replaceAll("(?s).*```xml\n(" + root + ".*?)```.*", "$1");
  }

  private static Path write(Path file, String webXml) throws IOException {
    Files.copy(BUILT, file);
    try (FileSystem war = FileSystems.newFileSystem(file)) {
      Files.writeString(war.getPath("WEB-INF", "web.xml"), webXml);
      Files.writeString(war.getPath("login.html"), FORM);
    }
    return file;
  }
}
