package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health as Spring Boot 4 has it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
final class Boot4HealthConfiguration {
  @Bean
  @ConditionalOnEnabledHealthIndicator("latchkey")
  @ConditionalOnMissingBean(name = "latchkeyHealthIndicator")
  HealthIndicator latchkeyHealthIndicator(ApiKeys apiKeys) {
    return () -> {
      StoreHealth store = StoreHealth.of(apiKeys);
      return (store.isUp() ? Health.up() : Health.down()).withDetails(store.details()).build();
    };
  }
}
