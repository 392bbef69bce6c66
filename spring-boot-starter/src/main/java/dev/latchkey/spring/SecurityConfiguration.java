package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import dev.latchkey.FilterSettings;
import dev.latchkey.internal.scope.Scopes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.userdetails.UserDetailsService;

/** Knows the application's users, where there is Spring Security. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(UserDetailsService.class)
final class SecurityConfiguration {
  @Bean
  SpringSecurityUsers latchkeyUsers(
      ConfigurableListableBeanFactory beans, SpringSettings settings, Environment environment) {
    return new SpringSecurityUsers(beans, settings, environment);
  }

  @Bean
  Authorities latchkeyAuthorities(
      Rights rights, ObjectProvider<FilterSettings> filter, ObjectProvider<ApiKeys> apiKeys) {
    return new Authorities(
        rights.areAuthorities(), filter::getObject, () -> apiKeys.getObject().unwrap(Scopes.class));
  }
}
