package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An operator who applies the schema needs no Flyway. */
class WithoutFlywayTest {
  private static final String SCHEMA =
      ";INIT=RUNSCRIPT FROM 'classpath:latchkey-schema/h2/V1__api_keys.sql'"
          + "\\;RUNSCRIPT FROM 'classpath:latchkey-schema/h2/V2__disabled_owners.sql'";

  private static URL[] classPathWithoutFlyway() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("flyway"))
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
    try (URLClassLoader loader =
        new URLClassLoader(classPathWithoutFlyway(), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("org.flywaydb.core.Flyway"))
          .isInstanceOf(ClassNotFoundException.class);
      ClassLoader before = Thread.currentThread().getContextClassLoader();
      Thread.currentThread().setContextClassLoader(loader);
      try {
        Class<?> config = loader.loadClass("dev.latchkey.ApiKeysConfig");
        Object builder = config.getMethod("builder").invoke(null);
        for (String[] setting :
            new String[][] {
              {"jdbcUrl", "jdbc:h2:mem:" + UUID.randomUUID() + SCHEMA}, {"schemaMigration", "none"}
            }) {
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
}
