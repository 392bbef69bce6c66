package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLClassLoader;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An {@code Error} in the middle of the start leaves nothing behind. */
class MissingLibraryTest {
  private static Set<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("latchkey-"))
        .collect(Collectors.toSet());
  }

  @Test
  void startWithoutTheCacheLibraryLeavesNoThread() throws Exception {
    Set<Thread> before = ours();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = ClassPath.without("caffeine")) {
      Thread.currentThread().setContextClassLoader(loader);
      Class<?> config = loader.loadClass("dev.latchkey.ApiKeysConfig");
      Object builder = config.getMethod("builder").invoke(null);
      builder
          .getClass()
          .getMethod("jdbcUrl", String.class)
          .invoke(builder, "jdbc:h2:mem:" + UUID.randomUUID());
      Object built = builder.getClass().getMethod("build").invoke(builder);
      Class<?> apiKeys = loader.loadClass("dev.latchkey.ApiKeys");
      assertThatThrownBy(() -> apiKeys.getMethod("open", config).invoke(null, built))
          .hasCauseInstanceOf(NoClassDefFoundError.class);
    } finally {
      Thread.currentThread().setContextClassLoader(context);
    }
    Set<Thread> left = ours();
    left.removeAll(before);
    assertThat(left).isEmpty();
  }
}
