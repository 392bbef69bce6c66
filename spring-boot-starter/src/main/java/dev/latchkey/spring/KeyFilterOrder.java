package dev.latchkey.spring;

import dev.latchkey.servlet.ApiKeyFilter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/**
 * Gives filters that the application registers without an order the one that ours has: behind
 * Spring Security, they would not see the requests that it rejects.
 */
final class KeyFilterOrder implements BeanPostProcessor {
  /** After Spring's filters that correct and describe a request, and before Spring Security. */
  static final int ORDER = -102; // Spring Security's is -100

  private static final Logger log = System.getLogger(KeyFilterOrder.class.getName());

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof FilterRegistrationBean<?> registration
        && registration.getFilter() instanceof ApiKeyFilter) {
      if (registration.getOrder() == Ordered.LOWEST_PRECEDENCE) { // as by default
        registration.setOrder(ORDER);
      } else if (registration.getOrder() > ORDER) {
        log.log(
            Level.WARNING,
            "Latchkey: Spring Security does not see the keys that the filter %s accepts: its order is %d, which must be at most %d"
                .formatted(name, registration.getOrder(), ORDER));
      }
    }
    return bean;
  }
}
