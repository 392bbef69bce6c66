package dev.latchkey.container.servers;

import dev.latchkey.container.shop.CallerServlet;
import dev.latchkey.container.shop.GateFilter;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A war that knows nothing of keys: an API, a filter of its own, and logins. */
final class PlainWar {
  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0" %1$s>
        %2$s
        <filter>
          <filter-name>gate</filter-name>
          <filter-class>%3$s</filter-class>
        </filter>
        <filter-mapping>
          <filter-name>gate</filter-name><url-pattern>/*</url-pattern>
        </filter-mapping>
        <servlet>
          <servlet-name>caller</servlet-name>
          <servlet-class>%4$s</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>caller</servlet-name>
          <url-pattern>/api/caller</url-pattern><url-pattern>/public/caller</url-pattern>
        </servlet-mapping>
        <security-constraint>
          <web-resource-collection>
            <web-resource-name>keys</web-resource-name><url-pattern>/api-keys/*</url-pattern>
          </web-resource-collection>
          <auth-constraint><role-name>**</role-name></auth-constraint>
        </security-constraint>
        <login-config><auth-method>BASIC</auth-method><realm-name>keys</realm-name></login-config>
      </web-app>
      """;

  private PlainWar() {}

  /**
   * Writes one.
   *
   * @param attributes more attributes of {@code web-app}
   * @param elements more elements in it
   */
  static Path write(Path file, String attributes, String elements) throws IOException {
    try (FileSystem war = FileSystems.newFileSystem(file, Map.of("create", "true"))) {
      Path classes = war.getPath("WEB-INF", "classes");
      for (Class<?> type : List.of(CallerServlet.class, GateFilter.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(name);
        Files.createDirectories(target.getParent());
        Files.copy(Path.of("target", "classes").resolve(name), target);
      }
      Files.writeString(
          war.getPath("WEB-INF", "web.xml"),
          WEB_XML.formatted(
              attributes, elements, GateFilter.class.getName(), CallerServlet.class.getName()));
    }
    return file;
  }
}
