package dev.latchkey.spring;

import static dev.latchkey.spring.Contexts.emptyDatabase;
import static dev.latchkey.spring.Contexts.failsWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.FilterSettings;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.auth.StoreException;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

class AutoConfigurationTest {
  private final WebApplicationContextRunner bare = Contexts.bare();
  private final WebApplicationContextRunner withDataSource = Contexts.withDataSource();

  @Test
  void aDataSourceIsEnough() {
    withDataSource.run(
        context -> {
          assertThat(context)
              .hasSingleBean(ApiKeys.class)
              .hasSingleBean(ApiKeysConfig.class)
              .hasSingleBean(FilterSettings.class);
          FilterRegistrationBean<?> filter =
              context.getBean("latchkeyFilter", FilterRegistrationBean.class);
          assertThat(filter.getFilter()).isInstanceOf(ApiKeyFilter.class);
          assertThat(filter.getUrlPatterns()).containsExactly("/api/*");
          assertThat(filter.determineDispatcherTypes()).containsExactly(DispatcherType.values());
          assertThat(filter.isAsyncSupported()).isTrue();
          assertThat(filter.getOrder()).isLessThan(-100);
          ServletRegistrationBean<?> servlet =
              context.getBean("latchkeyServlet", ServletRegistrationBean.class);
          assertThat(servlet.getServlet()).isInstanceOf(ApiKeyAdminServlet.class);
          assertThat(servlet.getUrlMappings()).containsExactly("/api-keys/*");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "latchkey.enabled, latchkeyFilter latchkeyServlet latchkey latchkeyRights",
    "latchkey.filter.enabled, latchkeyFilter",
    "latchkey.servlet.enabled, latchkeyServlet"
  })
  void beansCanBeSwitchedOff(String property, String beans) {
    withDataSource
        .withPropertyValues(property + "=false")
        .run(
            context -> {
              for (String bean :
                  List.of("latchkey", "latchkeyRights", "latchkeyFilter", "latchkeyServlet")) {
                assertThat(context.containsBean(bean))
                    .as(bean)
                    .isEqualTo(!List.of(beans.split(" ")).contains(bean));
              }
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    ApiKeysConfig config() {
      return ApiKeysConfig.builder().dataSource(emptyDatabase()).realm("Own").build();
    }

    @Bean
    ApiKeys keys(ApiKeysConfig config) {
      return ApiKeys.open(config);
    }

    @Bean
    FilterSettings filterSettings() {
      return FilterSettings.builder().realm("Filter").build();
    }

    @Bean
    FilterRegistrationBean<ApiKeyFilter> ownFilter(ApiKeys keys, FilterSettings settings) {
      return new FilterRegistrationBean<>(new ApiKeyFilter(keys, settings));
    }

    @Bean
    ServletRegistrationBean<ApiKeyAdminServlet> ownServlet(ApiKeys keys) {
      return new ServletRegistrationBean<>(new ApiKeyAdminServlet(keys), "/own/*");
    }
  }

  @Test
  void beansGiveWayToTheApplications() {
    bare.withUserConfiguration(Own.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context)
                  .doesNotHaveBean("latchkeyConfig")
                  .doesNotHaveBean("latchkey")
                  .doesNotHaveBean("latchkeyFilterSettings")
                  .doesNotHaveBean("latchkeyFilter")
                  .doesNotHaveBean("latchkeyServlet");
              assertThat(context.getBean(FilterSettings.class).realm()).isEqualTo("Filter");
            });
  }

  @Test
  void anOwnApiKeysNeedsNoDataSourceBean() {
    bare.withBean(
            ApiKeys.class,
            () -> ApiKeys.open(ApiKeysConfig.builder().dataSource(emptyDatabase()).build()))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(ApiKeysConfig.class)
                    .hasBean("latchkeyFilter"));
  }

  /** A misspelt DataSource must not leave the API open. */
  @Test
  void withoutADatabaseItDoesNotStart() {
    bare.run(failsWith("there is no DataSource bean: define one, or set latchkey.jdbc-url"));
    bare.withBean("one", DataSource.class, Contexts::emptyDatabase)
        .withBean("other", DataSource.class, Contexts::emptyDatabase)
        .run(
            failsWith(
                "there are several DataSource beans, and none of them is @Primary: mark one, set"
                    + " latchkey.jdbc-url, or define an ApiKeysConfig bean"));
  }

  @Test
  void aUrlOfItsOwnNeedsNoDataSource() {
    bare.withPropertyValues("latchkey.jdbc-url=jdbc:h2:mem:" + UUID.randomUUID())
        .run(context -> assertThat(context).hasSingleBean(ApiKeys.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latchkey.filter.url-patterns=api/* | must be a list of patterns: /x, /x/*, *.x or /*",
        "latchkey.servlet.path=keys | must be a path such as /api-keys",
        "latchkey.servlet.path=/* | must be a path such as /api-keys",
        "latchkey.owners=nobody | must be user-details or none",
        "latchkey.owner-ttl=soon | must be an ISO-8601 duration such as PT30S, from more than PT0S to"
            + " P10000D",
        "latchkey.cache-ttl=soon | must be an ISO-8601 duration such as PT30S, from PT0S to P10000D",
        "latchkey.owners=user-details | is user-details, but the application has no"
            + " UserDetailsService of its own"
      })
  void aWrongSettingStopsTheStart(String setting, String why) {
    withDataSource
        .withPropertyValues(setting)
        .run(failsWith(setting.replaceFirst("=.*", " ") + why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latchkey.servlet.trusted-origins=https://x/y",
        "latchkey.servlet.administrator-role=*",
        "latchkey.servlet.issuer-role=issuer",
        "latchkey.tombstone-retention=PT1S"
      })
  void soDoesOneThatIsCheckedLater(String setting) {
    withDataSource
        .withPropertyValues(setting)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(WrongSettingException.class)
                    .hasMessageStartingWith(setting.replaceFirst("=.*", " ")));
  }

  @Test
  void aDatabaseThatIsNotThereIsToldInOneLine() {
    bare.withPropertyValues("latchkey.jdbc-url=jdbc:h2:tcp://127.0.0.1:1/none")
        .run(
            context -> {
              Throwable failure = context.getStartupFailure();
              assertThat(new StoreFailureAnalyzer().analyze(failure).getDescription())
                  .startsWith("Latchkey cannot start: ")
                  .doesNotContain("\n");
              assertThat(failure).hasStackTraceContaining(StoreException.class.getName());
            });
  }

  @Test
  void withoutTheWebThereAreKeysAlone() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(LatchkeyAutoConfiguration.class))
        .withBean(DataSource.class, Contexts::emptyDatabase)
        .run(
            context -> {
              assertThat(context).hasSingleBean(ApiKeys.class);
              assertThat(context).doesNotHaveBean(FilterRegistrationBean.class);
            });
  }

  /** Beside a configuration of its own, properties of settings do not count. */
  @Test
  void healthGoesByTheConfigurationInUse() {
    bare.withUserConfiguration(Own.class)
        .withPropertyValues("latchkey.feed-interval=1ns", "latchkey.lookup-timeout=1ns")
        .run(
            context -> {
              HealthIndicator health =
                  context.getBean("latchkeyHealthIndicator", HealthIndicator.class);
              Awaitility.await().until(() -> health.health().getStatus().equals(Status.UP));
              assertThat(health.health().getDetails()).containsKeys("lastAnswer", "lag");
            });
  }

  /** Behind Spring Security, it would not see the requests that are rejected there. */
  @Test
  void anOwnFilterWithoutAnOrderGoesBeforeSpringSecurity() {
    bare.withUserConfiguration(Own.class)
        .run(context -> assertThat(order(context, "ownFilter")).isEqualTo(-102));
    withDataSource
        .withBean(
            "notOurs",
            FilterRegistrationBean.class,
            () -> new FilterRegistrationBean<>(new AdmittedFilter()))
        .run(context -> assertThat(order(context, "notOurs")).isEqualTo(Ordered.LOWEST_PRECEDENCE));
  }

  @Test
  void anOwnFilterBehindSpringSecurityIsTold() {
    try (LogLines log = new LogLines()) {
      bare.withUserConfiguration(Own.class)
          .withBean(
              "behind",
              FilterRegistrationBean.class,
              () -> {
                FilterRegistrationBean<ApiKeyFilter> behind =
                    new FilterRegistrationBean<>(new ApiKeyFilter());
                behind.setOrder(5);
                return behind;
              })
          .run(context -> assertThat(order(context, "behind")).isEqualTo(5));
      assertThat(log.messages())
          .anyMatch(line -> line.contains("the filter behind accepts: its order is 5"));
    }
  }

  private static int order(AssertableWebApplicationContext context, String filter) {
    return context.getBean(filter, FilterRegistrationBean.class).getOrder();
  }
}
