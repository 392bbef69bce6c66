package dev.latchkey.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FakeTimeTest {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @BeforeAll
  static void demandFakeTime() {
    FakeTime.demand();
  }

  /** Waits for nothing, and tells what time it is and for how long it computed meanwhile. */
  static final class Waiter {
    private Waiter() {}

    public static void main(String[] arguments) throws Exception {
      OperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      long before = system.getProcessCpuTime(); // of those of the JVM's threads that wait, too
      boolean came = new CountDownLatch(1).await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
      long computed = system.getProcessCpuTime() - before;
      System.out.println(Instant.now() + " " + computed + " " + came);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT48H", "PT-48H"})
  void clockIsFalsifiedAndNoWaitIsBusy(Duration ahead) throws Exception {
    try (FakeTime time = new FakeTime(ahead)) {
      ProcessBuilder builder =
          ChildProcesses.builder(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Waiter.class.getName()));
      builder.environment().putAll(time.cachedEnvironment());
      Process jvm = builder.start();
      String[] told =
          new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .strip()
              .split(" ");
      assertThat(told).hasSize(3).endsWith("false");
      assertThat(Duration.between(Instant.now(), Instant.parse(told[0])).minus(ahead).abs())
          .isLessThan(Duration.ofHours(1));
      assertThat(Long.parseLong(told[1])).as("busy").isLessThan(PAUSE.dividedBy(5).toNanos());
    }
  }
}
