package dev.latchkey.spring;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.FilterSettings;
import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import dev.latchkey.manage.ApiKeyListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * Makes the beans of Latchkey: {@link ApiKeysConfig}, {@link ApiKeys}, {@link FilterSettings}, and,
 * in a web application, the filter and the servlet. Each gives way to one of the application's own;
 * {@code latchkey.enabled=false} switches all of them off.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration", // Boot 3
      "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration", // Boot 4
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
    })
@ConditionalOnProperty(prefix = SpringSettings.PREFIX, name = "enabled", matchIfMissing = true)
@Import({
  SecurityConfiguration.class,
  WebConfiguration.class,
  Boot3HealthConfiguration.class,
  Boot4HealthConfiguration.class,
  InfoConfiguration.class,
  MetricsConfiguration.class
})
@ImportRuntimeHints(LatchkeyRuntimeHints.class)
public final class LatchkeyAutoConfiguration {
  private static final Logger log = System.getLogger(LatchkeyAutoConfiguration.class.getName());

  /** Creates the configuration. */
  public LatchkeyAutoConfiguration() {}

  @Bean
  SpringSettings latchkeySettings(Environment environment) {
    SpringSettings settings = new SpringSettings(environment);
    for (String property : settings.unknown()) {
      log.log(Level.WARNING, "Latchkey: " + property + " is not a setting and has no effect");
    }
    return settings;
  }

  @Bean
  Rights latchkeyRights(
      ListableBeanFactory beans,
      SpringSettings settings,
      ObjectProvider<OwnerDirectory> ownerDirectory,
      ObjectProvider<OwnerRoles> ownerRoles,
      ObjectProvider<SpringSecurityUsers> users) {
    if (!beans.containsBeanDefinition("latchkeyConfig")
        || !beans.containsBeanDefinition("latchkey")) {
      if (settings.has(SpringSettings.OWNERS)) {
        throw settings.wrong(
            SpringSettings.OWNERS,
            "has no effect beside the application's own ApiKeys or ApiKeysConfig bean: leave it out");
      }
      return Rights.NOT_TOLD; // what is set there counts
    }
    OwnerDirectory directory = one(ownerDirectory, "OwnerDirectory");
    return rights(
        settings,
        directory != null ? null : users.getIfAvailable(),
        directory,
        one(ownerRoles, "OwnerRoles"));
  }

  private static <T> @Nullable T one(ObjectProvider<T> beans, String type) {
    T found = beans.getIfUnique();
    if (found == null && beans.stream().findAny().isPresent()) {
      throw new WrongSettingException(
          "there are several " + type + " beans, and none of them is @Primary: mark one", "");
    }
    return found;
  }

  private static Rights rights(
      SpringSettings settings,
      @Nullable SpringSecurityUsers ofSpring,
      @Nullable OwnerDirectory directory,
      @Nullable OwnerRoles ownerRoles) {
    OwnerDirectory users = ofSpring != null ? ofSpring.directory() : directory;
    if (users == null && settings.ownersAre(SpringSettings.USER_DETAILS)) {
      throw settings.wrong(
          SpringSettings.OWNERS,
          "is user-details, but the application has no UserDetailsService of its own");
    }
    if (users != null && settings.has("roles-query")) {
      throw settings.wrong(
          "roles-query",
          "tells roles, and so do the application's users: set latchkey.owners=none if all owners"
              + " may use keys, or leave it out");
    }
    return new Rights(users, ownerRoles);
  }

  @Bean
  @ConditionalOnMissingBean({ApiKeysConfig.class, ApiKeys.class})
  ApiKeysConfig latchkeyConfig(
      SpringSettings settings,
      ObjectProvider<DataSource> dataSource,
      Rights rights,
      ObjectProvider<ApiKeyListener> listeners,
      ApplicationEventPublisher publisher) {
    ApiKeysConfig.Builder config =
        ApiKeysConfig.builder().listener(new SpringEvents(listeners, publisher));
    settings.addTo(config);
    rights.addTo(config);
    if (!settings.has("jdbc-url") && !settings.has("data-source-jndi-name")) {
      config.dataSource(theOne(dataSource));
    }
    try {
      return config.build();
    } catch (IllegalArgumentException e) {
      throw settings.wrong(e);
    }
  }

  private static DataSource theOne(ObjectProvider<DataSource> dataSource) {
    DataSource found = dataSource.getIfUnique();
    if (found != null) {
      return found;
    }
    throw new WrongSettingException(
        dataSource.stream().findAny().isPresent()
            ? "there are several DataSource beans, and none of them is @Primary: mark one, set"
                + " latchkey.jdbc-url, or define an ApiKeysConfig bean"
            : "there is no DataSource bean: define one, or set latchkey.jdbc-url",
        "");
  }

  /** Its tables come after the application's own, whose Flyway wants an empty database. */
  @Bean
  @ConditionalOnMissingBean
  @DependsOnDatabaseInitialization
  ApiKeys latchkey(ApiKeysConfig config, SpringSettings settings) {
    try {
      return ApiKeys.open(config);
    } catch (IllegalArgumentException e) {
      throw settings.wrong(e);
    }
  }

  @Bean
  @ConditionalOnMissingBean
  FilterSettings latchkeyFilterSettings(ApiKeys apiKeys) {
    return apiKeys.filterSettings();
  }
}
