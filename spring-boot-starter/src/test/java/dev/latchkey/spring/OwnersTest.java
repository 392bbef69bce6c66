package dev.latchkey.spring;

import static dev.latchkey.spring.Contexts.failsWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.auth.OwnerDirectory;
import dev.latchkey.auth.OwnerRoles;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** Whose keys count, and which roles they have. */
class OwnersTest {
  private final WebApplicationContextRunner withDataSource = Contexts.withDataSource();

  private static UserDetailsService users(String name) {
    return new InMemoryUserDetailsManager(User.withUsername(name).password("").roles("X").build());
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
        .filter(authority -> !authority.startsWith("SCOPE_"))
        .toList();
  }

  private static List<String> scopes(AssertableWebApplicationContext context, KeyRequest wanted) {
    ApiKeys apiKeys = context.getBean(ApiKeys.class);
    IssuedKey key = apiKeys.service().add(KeyOwner.of("alice"), wanted);
    ApiKeyPrincipal principal =
        apiKeys.authenticate(key.secret().reveal()).principal().orElseThrow();
    return context.getBean(Authorities.class).of(principal).stream()
        .map(GrantedAuthority::getAuthority)
        .filter(authority -> authority.startsWith("SCOPE_"))
        .toList();
  }

  @Test
  void whatAKeyMayDoIsAnAuthorityAndNoRoleWidensIt() {
    withDataSource
        .withPropertyValues(
            "latchkey.max-keys-per-user=9",
            "latchkey.scopes[0]=orders = Orders",
            "latchkey.scopes[1]=admin = Administer",
            "latchkey.scopes[2]=gone = No owner may",
            "latchkey.scope-rules=* /api/orders/* = orders\n* /* = admin",
            "latchkey.scope-roles=gone = nobody")
        .withBean(OwnerRoles.class, () -> owners -> Map.of("alice", Set.of("SCOPE_admin", "x")))
        .run(
            context -> {
              KeyRequest orders = KeyRequest.create().withScopes(List.of("orders"));
              assertThat(scopes(context, orders)).containsExactly("SCOPE_orders");
              assertThat(scopes(context, KeyRequest.create()))
                  .containsExactly("SCOPE_orders", "SCOPE_admin");
            });
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
        .withBean(DataSource.class, Contexts::emptyDatabase)
        .run(context -> assertThat(owner(context, "anybody")).isPresent());
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
  void aServiceHasTheRolesOfOwnerRolesAndNoneOfUsers() {
    WebApplicationContextRunner withAlice =
        withDataSource.withBean("users", UserDetailsService.class, () -> users("alice"));
    withAlice.run(
        context -> {
          context.getBean(ApiKeys.class).addServiceOwner("nightly");
          assertThat(authorities(context, "nightly")).isEmpty();
        });
    withAlice
        .withBean(OwnerRoles.class, () -> owners -> Map.of("nightly", Set.of("clerk")))
        .run(
            context -> {
              context.getBean(ApiKeys.class).addServiceOwner("nightly");
              assertThat(authorities(context, "nightly")).containsExactly("ROLE_clerk");
              assertThat(owner(context, "stranger")).isEmpty();
            });
  }
}
