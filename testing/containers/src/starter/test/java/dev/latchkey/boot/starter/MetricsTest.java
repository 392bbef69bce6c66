package dev.latchkey.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

/** Metrics are switched off as others of Boot's are. */
class MetricsTest {
  @Test
  void metricsCanBeSwitchedOff() {
    try (Books books = Books.start("management.metrics.enable.latchkey=false")) {
      MeterRegistry registry = books.context().getBean(MeterRegistry.class);
      assertThat(registry.getMeters())
          .isNotEmpty()
          .noneMatch(meter -> meter.getId().getName().startsWith("latchkey"));
      assertThat(books.keyOf("alice")).isNotBlank();
    }
  }
}
