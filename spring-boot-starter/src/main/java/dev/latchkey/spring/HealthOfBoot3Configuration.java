package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.FeedState;
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
final class HealthOfBoot3Configuration {
  @Bean
  @ConditionalOnEnabledHealthIndicator("latchkey")
  @ConditionalOnMissingBean(name = "latchkeyHealthIndicator")
  HealthIndicator latchkeyHealthIndicator(ApiKeys apiKeys, SpringSettings settings) {
    KeyHealth keys = new KeyHealth(apiKeys, settings);
    return () -> {
      FeedState state = keys.state();
      Health.Builder health = keys.isUp(state) ? Health.up() : Health.down();
      state.lastSuccess().ifPresent(at -> health.withDetail("lastAnswer", at));
      return health.withDetail("lag", state.lag()).build();
    };
  }
}
