package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health as Spring Boot 3 has it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
final class Boot3HealthConfiguration {
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
