package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.test.PostgreSql;
import dev.latchkey.test.PostgreSqlServer;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An operator who applies the schema needs no Flyway. */
@ExtendWith(PostgreSql.class)
class WithoutFlywayTest {
  /** Returns what makes H2 run the files that ship, in the order of their versions. */
  private static String schema() throws Exception {
    Path folder =
        Path.of(Objects.requireNonNull(ApiKeys.class.getResource("/latchkey-schema/h2")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .sorted(
              Comparator.comparing(name -> Integer.valueOf(name.replaceAll("V(\\d+)__.*", "$1"))))
          .map("RUNSCRIPT FROM 'classpath:latchkey-schema/h2/%s'"::formatted)
          .collect(Collectors.joining("\\;", ";INIT=", ""));
    }
  }

  private static URL[] classPathWithout(String word) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains(word))
        .map(
            entry -> {
              try {
                return Path.of(entry).toUri().toURL();
              } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
              }
            })
        .toArray(URL[]::new);
  }

  @Test
  void theSchemaMayBeAppliedByHand() throws Exception {
    opens("jdbc:h2:mem:" + UUID.randomUUID() + schema(), "none");
  }

  /** And does not wait for it: half a second of a start. */
  @Test
  void aSchemaThatIsUpToDateNeedsNone(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("keys");
    ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(url).build()).close();
    opens(url, "apply");
  }

  @Test
  void aSchemaThatIsNotUpToDateIsBroughtThere(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("keys");
    ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(url).build()).close();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP INDEX latchkey_key_last_used_at");
      statement.execute("ALTER TABLE latchkey_owner RENAME TO latchkey_disabled_owner");
      statement.execute("DELETE FROM \"latchkey_schema_history\" WHERE \"version\" >= '3'");
    }
    assertThatThrownBy(() -> opens(url, "apply"))
        .hasRootCauseInstanceOf(ClassNotFoundException.class);
    ApiKeys.open(ApiKeysConfig.builder().jdbcUrl(url).build()).close();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP INDEX latchkey_key_last_used_at"); // it is there again
    }
  }

  /** As Open Liberty's finds none. To set schemaMigration=apply would not help: it is set. */
  @Test
  void whereFlywayFindsNoFilesItIsSaidSo() throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    try (URLClassLoader loader =
        new URLClassLoader(classPathWithout("nothing"), ClassLoader.getPlatformClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("latchkey-schema")
                ? Collections.emptyEnumeration()
                : super.getResources(name);
          }
        }) {
      assertThatThrownBy(() -> opens(loader, url, "apply"))
          .cause()
          .hasMessageContaining("Flyway finds no version")
          .hasMessageContaining("latchkey-schema/h2")
          .hasMessageContaining("schemaMigration=none")
          .hasMessageNotContaining("schemaMigration=apply");
    }
  }

  /** Which Flyway itself does not name. */
  @Test
  void missingModuleOfPostgreSqlIsNamed(PostgreSqlServer server) throws Exception {
    String url =
        server.url(server.newDatabase())
            + "?user=%s&password=%s".formatted(PostgreSqlServer.USER, PostgreSqlServer.PASSWORD);
    try (URLClassLoader loader =
        new URLClassLoader(
            classPathWithout("flyway-database-postgresql"), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> opens(loader, url, "apply"))
          .cause()
          .hasMessageContaining("add org.flywaydb:flyway-database-postgresql")
          .hasMessageContaining("schemaMigration=none")
          .hasMessageNotContaining(PostgreSqlServer.PASSWORD);
    }
  }

  /** Without Flyway on the class path. */
  private static void opens(String url, String schemaMigration) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPathWithout("flyway"), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("org.flywaydb.core.Flyway"))
          .isInstanceOf(ClassNotFoundException.class);
      opens(loader, url, schemaMigration);
    }
  }

  private static void opens(ClassLoader loader, String url, String schemaMigration)
      throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Class<?> config = loader.loadClass("dev.latchkey.ApiKeysConfig");
      Object builder = config.getMethod("builder").invoke(null);
      for (String[] setting :
          new String[][] {{"jdbcUrl", url}, {"schemaMigration", schemaMigration}}) {
        builder
            .getClass()
            .getMethod("set", String.class, String.class)
            .invoke(builder, setting[0], setting[1]);
      }
      Object built = builder.getClass().getMethod("build").invoke(builder);
      Object apiKeys =
          loader.loadClass("dev.latchkey.ApiKeys").getMethod("open", config).invoke(null, built);
      assertThat(apiKeys).isInstanceOf(AutoCloseable.class);
      ((AutoCloseable) apiKeys).close();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
