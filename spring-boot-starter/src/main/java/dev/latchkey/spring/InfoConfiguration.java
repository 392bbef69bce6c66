package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells on the application's info page which version this is. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
final class InfoConfiguration {
  @Bean
  @ConditionalOnEnabledInfoContributor("latchkey")
  @ConditionalOnMissingBean(name = "latchkeyInfoContributor")
  InfoContributor latchkeyInfoContributor() {
    String version = ApiKeys.class.getPackage().getImplementationVersion();
    return info ->
        info.withDetail(
            "latchkey", Map.of("version", Objects.requireNonNullElse(version, "unknown")));
  }
}
