package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import dev.latchkey.micrometer.ApiKeysMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Figures as meters of Micrometer; Actuator binds them to every registry. What switches meters off
 * there does so here, too: {@code management.metrics.enable.latchkey=false}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterBinder.class)
final class MetricsConfiguration {
  @Bean
  @ConditionalOnMissingBean
  ApiKeysMetrics latchkeyMetrics(ApiKeys apiKeys) {
    return new ApiKeysMetrics(apiKeys);
  }
}
