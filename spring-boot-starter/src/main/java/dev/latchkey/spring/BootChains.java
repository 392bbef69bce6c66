package dev.latchkey.spring;

import java.util.Arrays;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Takes API keys into the chains that Boot makes where the application has none. Chains of an
 * application say so themselves; Spring Security offers this class to every chain.
 */
final class BootChains extends AbstractHttpConfigurer<BootChains, HttpSecurity> {
  BootChains() {}

  @Override
  public void init(HttpSecurity http) throws Exception {
    if (http.getSharedObject(ApplicationContext.class) instanceof ConfigurableApplicationContext c
        && areAllOfBoot(c.getBeanFactory())) {
      http.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults());
    }
  }

  private static boolean areAllOfBoot(ConfigurableListableBeanFactory beans) {
    String[] chains = beans.getBeanNamesForType(SecurityFilterChain.class, true, false);
    return chains.length > 0
        && Arrays.stream(chains).allMatch(name -> BootBeans.isOne(beans, name));
  }
}
