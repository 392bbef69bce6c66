package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.FilterSettings;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import dev.latchkey.auth.StoreException;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.DispatcherType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

class AutoConfigurationTest {
  private static DataSource emptyDatabase() {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return dataSource;
  }

  private final WebApplicationContextRunner bare =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  LatchkeyAutoConfiguration.class,
                  SecurityAutoConfiguration.class,
                  UserDetailsServiceAutoConfiguration.class));
  private final WebApplicationContextRunner withDataSource =
      bare.withBean(DataSource.class, AutoConfigurationTest::emptyDatabase);

  private static UserDetailsService users(String name) {
    return new InMemoryUserDetailsManager(User.withUsername(name).password("").roles("X").build());
  }

  private static ContextConsumer<AssertableWebApplicationContext> failsWith(String message) {
    return context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOf(WrongSettingException.class)
            .hasMessage(message);
  }

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

  /** A misspelt DataSource must not leave the API open. */
  @Test
  void withoutADatabaseItDoesNotStart() {
    bare.run(failsWith("there is no DataSource bean: define one, or set latchkey.jdbc-url"));
    bare.withBean("one", DataSource.class, AutoConfigurationTest::emptyDatabase)
        .withBean("other", DataSource.class, AutoConfigurationTest::emptyDatabase)
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
      value = {"latchkey.servlet.trusted-origins=https://x/y", "latchkey.tombstone-retention=PT1S"})
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

  /** Returns who comes with a key of an owner; empty if it is refused. */
  private static Optional<ApiKeyPrincipal> owner(
      AssertableWebApplicationContext context, String name) {
    ApiKeys apiKeys = context.getBean(ApiKeys.class);
    IssuedKey key = apiKeys.service().add(KeyOwner.of(name), KeyRequest.create());
    return apiKeys.authenticate(key.secret().reveal()).principal();
  }

  private static List<String> authorities(AssertableWebApplicationContext context, String name) {
    return context.getBean(Authorities.class).of(owner(context, name).orElseThrow()).stream()
        .map(GrantedAuthority::getAuthority)
        .toList();
  }

  @Test
  void withoutUsersOfTheApplicationEverybodyMayOwnKeys() {
    withDataSource.run(
        context -> {
          assertThat(context).hasSingleBean(UserDetailsService.class); // Boot's
          assertThat(authorities(context, "anybody")).isEmpty();
        });
    withDataSource
        .withPropertyValues("latchkey.roles=reader,ROLE_writer")
        .run(
            context ->
                assertThat(authorities(context, "anybody"))
                    .containsExactlyInAnyOrder("ROLE_reader", "ROLE_writer"));
    withDataSource
        .withBean(OwnerRoles.class, () -> owners -> Map.of("alice", Set.of("clerk")))
        .run(
            context -> {
              assertThat(authorities(context, "alice")).containsExactly("ROLE_clerk");
              assertThat(authorities(context, "bob")).isEmpty();
            });
  }

  @Test
  void withoutSpringSecurityEverybodyMay() {
    new WebApplicationContextRunner()
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withConfiguration(AutoConfigurations.of(LatchkeyAutoConfiguration.class))
        .withBean(DataSource.class, AutoConfigurationTest::emptyDatabase)
        .run(context -> assertThat(owner(context, "anybody")).isPresent());
  }

  @Test
  void withoutTheWebThereAreKeysAlone() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(LatchkeyAutoConfiguration.class))
        .withBean(DataSource.class, AutoConfigurationTest::emptyDatabase)
        .run(
            context -> {
              assertThat(context).hasSingleBean(ApiKeys.class);
              assertThat(context).doesNotHaveBean(FilterRegistrationBean.class);
            });
  }

  @Test
  void theApplicationsUsersOwnKeys() {
    Supplier<UserDetailsService> alice = () -> users("alice");
    WebApplicationContextRunner withAlice =
        withDataSource.withBean("users", UserDetailsService.class, alice);
    withAlice.run(
        context -> {
          assertThat(authorities(context, "alice")).containsExactly("ROLE_X");
          assertThat(owner(context, "bob")).isEmpty();
        });
    withAlice
        .withPropertyValues("latchkey.owners=none")
        .run(context -> assertThat(owner(context, "bob")).isPresent());
    withAlice
        .withBean(OwnerRoles.class, () -> owners -> Map.of("alice", Set.of("clerk")))
        .run(
            context -> {
              assertThat(authorities(context, "alice")).containsExactly("ROLE_clerk");
              assertThat(owner(context, "bob")).isEmpty();
            });
    withAlice
        .withPropertyValues("latchkey.roles=x")
        .run(
            context ->
                assertThat(authorities(context, "alice"))
                    .containsExactlyInAnyOrder("ROLE_X", "ROLE_x"));
    withAlice
        .withBean("more", UserDetailsService.class, () -> users("bob"))
        .run(
            failsWith(
                "there are several UserDetailsService beans (users, more), and none of them is"
                    + " @Primary: mark one, or set latchkey.owners=none"));
  }

  /** Whom an application names in its properties is not made up. */
  @Test
  void theUserInThePropertiesIsTheApplications() {
    withDataSource
        .withPropertyValues(
            "spring.security.user.name=alice", "spring.security.user.password=secret")
        .run(
            context -> {
              assertThat(owner(context, "alice")).isPresent();
              assertThat(owner(context, "bob")).isEmpty();
            });
  }

  @Test
  void queriesOfTheApplicationsTablesAreNotMixedWithItsUsers() {
    String roles = "SELECT n, r FROM (VALUES ('bob', 'clerk')) AS t(n, r) WHERE n IN (?)";
    String owners = "SELECT n FROM (VALUES ('bob')) AS t(n) WHERE n IN (?)";
    WebApplicationContextRunner withAlice =
        withDataSource.withBean("users", UserDetailsService.class, () -> users("alice"));
    withAlice
        .withPropertyValues("latchkey.owners=none", "latchkey.roles-query=" + roles)
        .run(
            context -> {
              assertThat(authorities(context, "bob")).containsExactly("ROLE_clerk");
              assertThat(authorities(context, "alice")).isEmpty();
            });
    withAlice
        .withPropertyValues("latchkey.owner-query=" + owners)
        .run(
            context -> {
              assertThat(owner(context, "bob")).isPresent();
              assertThat(owner(context, "alice")).isEmpty();
            });
    withAlice
        .withPropertyValues("latchkey.roles-query=" + roles)
        .run(context -> assertThat(context).hasFailed());
    withAlice
        .withPropertyValues("latchkey.owners=user-details", "latchkey.owner-query=" + owners)
        .run(context -> assertThat(context).hasFailed());
    withDataSource
        .withPropertyValues("latchkey.roles-query=SELECT a, b FROM nosuch WHERE a IN (?)")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("WrongSettingException: latchkey.roles-query"));
  }

  @Test
  void anOwnerDirectoryOfTheApplicationGoesBeforeItsUsers() {
    withDataSource
        .withBean("users", UserDetailsService.class, () -> users("alice"))
        .withBean(OwnerDirectory.class, () -> owners -> Map.of("bob", Set.of("clerk")))
        .run(
            context -> {
              assertThat(authorities(context, "bob")).containsExactly("ROLE_clerk");
              assertThat(owner(context, "alice")).isEmpty();
            });
  }

  @Test
  void rolesOfOthersMakeNobodyAUser() {
    Map<String, Set<String>> users = new HashMap<>();
    users.put("alice", Set.of("x"));
    users.put("broken", null);
    ApiKeysConfig.Builder config = ApiKeysConfig.builder().dataSource(emptyDatabase());
    new Rights(owners -> users, owners -> Map.of("broken", Set.of("clerk"), "bob", Set.of("clerk")))
        .addTo(config);
    try (ApiKeys apiKeys = ApiKeys.open(config.build())) {
      for (String owner : List.of("alice", "broken", "bob")) {
        IssuedKey key = apiKeys.service().add(KeyOwner.of(owner), KeyRequest.create());
        assertThat(apiKeys.authenticate(key.secret().reveal()).status())
            .isEqualTo(
                switch (owner) {
                  case "alice" -> AuthResult.Status.GRANTED;
                  case "broken" -> AuthResult.Status.UNAVAILABLE;
                  default -> AuthResult.Status.INVALID;
                });
      }
    }
  }
}
