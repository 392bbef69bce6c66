package dev.latchkey.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.realm.DataSourceRealm;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ContextResource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.jdbcx.JdbcDataSourceFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code web.xml} and the tables of docs/rights.md, with the realm that they are made for. */
class RealmTest {
  private static final String DATABASE =
      "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  private final Tomcat tomcat = new Tomcat();
  @TempDir private Path folder;

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static String page(String language) throws Exception {
    return Files.readString(Path.of("..", "..", "..", "docs", "rights.md"))
        .replaceAll("(?s).*```" + language + "\n(.*?)```.*", "$1");
  }

  private static void update(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(DATABASE, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private URI deployed() throws Exception {
    Path webInf = Files.createDirectories(folder.resolve("app/WEB-INF"));
    Files.writeString(
        webInf.resolve("web.xml"),
        page("xml")
            .replace(
                "<filter>",
                "<context-param><param-name>latchkey.ownerTtl</param-name>"
                    + "<param-value>PT0.01S</param-value></context-param><filter>"));
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.setAddDefaultWebXmlToWebapp(false); // it wants JSP
    Context context = tomcat.addWebapp("", webInf.getParent().toString());
    context.getNamingResources().addResource(dataSource());
    context.setRealm(realm());
    Tomcat.addServlet(context, "roles", new Roles()).addMapping("/api/roles");
    tomcat.enableNaming();
    tomcat.start();
    assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
  }

  private static DataSourceRealm realm() {
    DataSourceRealm realm = new DataSourceRealm();
    realm.setDataSourceName("jdbc/shop");
    realm.setLocalDataSource(true);
    realm.setUserTable("users");
    realm.setUserNameCol("user_name");
    realm.setUserCredCol("user_pass");
    realm.setUserRoleTable("user_roles");
    realm.setRoleNameCol("role_name");
    return realm;
  }

  private static ContextResource dataSource() {
    ContextResource resource = new ContextResource();
    resource.setName("jdbc/shop");
    resource.setType(JdbcDataSource.class.getName());
    resource.setProperty("factory", JdbcDataSourceFactory.class.getName());
    resource.setProperty("url", DATABASE);
    resource.setProperty("user", "sa");
    resource.setProperty("password", "");
    resource.setProperty("description", "");
    resource.setProperty("loginTimeout", "0");
    return resource;
  }

  /** Says who calls, and in which roles. */
  private static final class Roles extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response
          .getWriter()
          .print(
              request.getRemoteUser()
                  + Stream.of("user", "admin").filter(request::isUserInRole).toList());
    }
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private static String use(URI uri, String key) throws Exception {
    return send(HttpRequest.newBuilder(uri.resolve("api/roles")).header("X-API-Key", key));
  }

  private static void until(URI uri, String key, String expected) throws Exception {
    while (!use(uri, key).contains(expected)) {
      // the answer before may be as old as ownerTtl
    }
  }

  @Test
  void keysHaveTheRealmsRoles() throws Exception {
    for (String table : page("sql").split(";")) {
      if (!table.isBlank()) {
        update(table);
      }
    }
    update("INSERT INTO users VALUES ('alice', 'secret')");
    update("INSERT INTO user_roles VALUES ('alice', 'user')");
    URI uri = deployed();
    byte[] login = "alice:secret".getBytes(StandardCharsets.UTF_8);
    String key =
        send(HttpRequest.newBuilder(uri.resolve("api-keys"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")))
            .replaceAll("(?s).*\"key\":\"([^\"]*)\".*", "$1");
    assertThat(use(uri, key)).isEqualTo("200 alice[user]");
    update("INSERT INTO user_roles VALUES ('alice', 'admin')");
    until(uri, key, "200 alice[user, admin]");
    update("DELETE FROM user_roles");
    until(uri, key, "200 alice[]");
    update("DELETE FROM users");
    until(uri, key, "urn:latchkey:invalid-key");
    update("INSERT INTO users VALUES ('alice', 'secret')");
    until(uri, key, "200 alice[]");
  }
}
