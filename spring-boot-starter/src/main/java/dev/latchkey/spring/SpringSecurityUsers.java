package dev.latchkey.spring;

import dev.latchkey.auth.OwnerDirectory;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * Finds where the application's users are: its own {@code UserDetailsService}. The user whom Boot
 * makes up, with a password in the log, is nobody's: then logins come from elsewhere.
 */
final class SpringSecurityUsers {
  private final ConfigurableListableBeanFactory beans;
  private final SpringSettings settings;
  private final Environment environment;

  SpringSecurityUsers(
      ConfigurableListableBeanFactory beans, SpringSettings settings, Environment environment) {
    this.beans = beans;
    this.settings = settings;
    this.environment = environment;
  }

  /**
   * Returns the directory of users; null if there is none, or it is not to be asked.
   *
   * @throws WrongSettingException if there are several
   */
  @Nullable OwnerDirectory directory() {
    if (settings.ownersAre("none")
        || (settings.has("owner-query") && !settings.ownersAre(SpringSettings.USER_DETAILS))) {
      return null;
    }
    List<String> services =
        Arrays.stream(beans.getBeanNamesForType(UserDetailsService.class, true, false))
            .filter(name -> !isMadeUp(name))
            .toList();
    if (services.isEmpty()) {
      return null;
    }
    List<String> primary =
        services.size() == 1
            ? services
            : services.stream().filter(name -> isPrimary(name)).toList();
    if (primary.size() != 1) {
      throw new WrongSettingException(
          "there are several UserDetailsService beans (%s), and none of them is @Primary: mark one,"
                  .formatted(String.join(", ", services))
              + " or set latchkey.owners=none",
          "");
    }
    // Asked for with the first key: it may be made of what needs ApiKeys.
    return new UserDetailsDirectory(() -> beans.getBean(primary.get(0), UserDetailsService.class));
  }

  private boolean isPrimary(String name) {
    return beans.containsBeanDefinition(name) && beans.getMergedBeanDefinition(name).isPrimary();
  }

  private boolean isMadeUp(String name) {
    return BootBeans.isOne(beans, name)
        && !environment.containsProperty("spring.security.user.password");
  }
}
