package dev.latchkey.spring;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Tells what Spring Boot has defined for want of something of the application's. */
final class BootBeans {
  private static final String PACKAGE = "org.springframework.boot.";

  private BootBeans() {}

  static boolean isOne(ConfigurableListableBeanFactory beans, String name) {
    if (!beans.containsBeanDefinition(name)) {
      return false;
    }
    BeanDefinition definition = beans.getMergedBeanDefinition(name);
    String factory = definition.getFactoryBeanName();
    if (factory == null || !beans.containsBean(factory)) {
      return false;
    }
    Class<?> type = beans.getType(factory, false);
    return type != null && type.getName().startsWith(PACKAGE);
  }
}
