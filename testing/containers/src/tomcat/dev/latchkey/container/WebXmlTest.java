package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyGenerator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ContextResource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.jdbcx.JdbcDataSourceFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code web.xml} that README.md shows, deployed. */
class WebXmlTest {
  private static final String DEFAULT_SERVLET =
      "<servlet><servlet-name>default</servlet-name>"
          + "<servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class></servlet>"
          + "<servlet-mapping><servlet-name>default</servlet-name>"
          + "<url-pattern>/</url-pattern></servlet-mapping>";

  private final Tomcat tomcat = new Tomcat();
  @TempDir private Path folder;

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static String webXml() throws Exception {
    return Files.readString(Path.of("..", "..", "..", "README.md"))
        .replaceAll("(?s).*```xml\n(.*?)```.*", "$1");
  }

  private URI deployed(String webXml) throws Exception {
    Path root = Files.createDirectories(folder.resolve("app"));
    Files.createDirectories(root.resolve("WEB-INF"));
    Path password = Files.writeString(folder.resolve("password"), "\n");
    Files.writeString(
        root.resolve("WEB-INF/web.xml"),
        webXml
            .replace("jdbc:mariadb://db.example/shop", "jdbc:h2:mem:" + UUID.randomUUID())
            .replace("</web-app>", DEFAULT_SERVLET + "</web-app>")
            .replace("/run/secrets/shop-db", password.toString()));
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("/shop", root.toString());
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(Constants.NoDefaultWebXml);
    context.addLifecycleListener(config);
    ContextResource dataSource = new ContextResource();
    dataSource.setName("jdbc/shop");
    dataSource.setType(JdbcDataSource.class.getName());
    dataSource.setProperty("factory", JdbcDataSourceFactory.class.getName());
    dataSource.setProperty("url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    for (String property : new String[] {"user", "password", "description"}) {
      dataSource.setProperty(property, property.equals("user") ? "sa" : "");
    }
    dataSource.setProperty("loginTimeout", "0");
    context.getNamingResources().addResource(dataSource);
    tomcat.enableNaming();
    tomcat.start();
    assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/shop/");
  }

  private static String get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void addsTheFilterAndTheServlet() throws Exception {
    URI uri = deployed(webXml());
    assertThat(get(uri.resolve("api/x"))).contains("urn:latchkey:missing-key");
    assertThat(get(uri.resolve("api-keys"))).contains("urn:latchkey:not-logged-in");
    assertThat(get(uri.resolve("api-keys/api-key-menu.js"))).contains("customElements.define");
  }

  @Test
  void contextParamsServeAsWell() throws Exception {
    String param =
        "<context-param><param-name>latchkey.realm</param-name>"
            + "<param-value>Shop</param-value></context-param>"
            + "<context-param><param-name>mine</param-name>"
            + "<param-value>x</param-value></context-param><filter>";
    URI uri = deployed(webXml().replaceFirst("<filter>", param));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri.resolve("api/x")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"Shop\"");
  }

  @Test
  void theContainersDataSourceServesAsWell() throws Exception {
    String jndi =
        "<init-param><param-name>dataSourceJndiName</param-name>"
            + "<param-value>jdbc/shop</param-value></init-param>";
    String webXml = webXml().replaceAll("(?s)<init-param>.*</init-param>", jndi);
    assertThat(webXml).doesNotContain("jdbcUrl").contains("jdbc/shop");
    URI uri = deployed(webXml);
    String key = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom()).newKey().reveal();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri.resolve("api/x")).header("X-API-Key", key).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).contains("urn:latchkey:invalid-key"); // the store was asked
  }
}
