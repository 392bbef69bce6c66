package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysConfigTest {
  private static ApiKeysConfig.Builder builder() {
    return ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
  }

  @ParameterizedTest
  @CsvSource({
    "cacheTtl, PT-1S",
    "cacheTtl, 5m",
    "cacheTtl, ''",
    "maxStale, PT-1S",
    "unknownCacheTtl, PT-1S",
    "lookupTimeout, PT0S",
    "lookupTimeout, soon",
    "feedInterval, PT0S",
    "feedWindow, PT1S",
    "feedWindow, PT3S",
    "lastUsedFlushInterval, PT0S",
    "tombstoneRetention, PT0S",
    "tombstoneRetention, PT59S",
    "cacheTtl, P200000D",
    "maxStale, P200000D",
    "unknownCacheTtl, P200000D",
    "lookupTimeout, P200000D",
    "feedWindow, P200000D",
    "lastUsedFlushInterval, P200000D",
    "tombstoneRetention, P200000D",
    "cacheMaximumSize, -1",
    "cacheMaximumSize, many",
    "warmUp, -1",
    "warmUp, 100001",
    "unknownCacheMaximumSize, -1",
    "maxKeysPerUser, 0",
    "maxKeysPerUser, 1001",
    "maxValidityDays, 0",
    "defaultValidityDays, 366",
    "defaultValidityDays, 0",
    "keyPrefix, lk",
    "keyPrefix, 'l k_'",
    "jdbcPoolSize, 0",
    "startWithoutStore, yes",
    "startWithoutStore, TRUE",
    "schemaMigration, sometimes",
    "tableSchema, ''",
    "tableSchema, 1keys",
    "tableSchema, api-keys",
    "tableSchema, 'keys; DROP TABLE x'",
    "tableSchema, 'a\"b'",
    "tableSchema, schlüssel",
    "tableSchema, a.b",
    "tableSchema, a123456789012345678901234567890123456789012345678901234567890123",
    "credentials, maybe",
    "acceptBareKey, 1",
    "acceptBasic, yes",
    "keyHeader, 'X Key'",
    "keyHeader, authorization",
    "keyHeader, Cookie",
    "keyHeader, ''",
    "realm, 'a\"b'",
    "realm, ''",
    "roles, 'a,,b'",
    "rolesQuery, SELECT u FROM t",
    "rolesQuery, SELECT u FROM t WHERE u IN (?) OR v IN (?)",
    "rolesQuery, SELECT u FROM t WHERE u = 'IN (?)'",
    "rolesQuery, SELECT u FROM t -- IN (?)",
    "rolesQuery, ''",
    "ownerQuery, DELETE FROM t WHERE u IN (?)",
    "ownerQuery, SELECT u FROM t WHERE u = ?",
    "ownerTtl, PT0S",
    "ownerTtl, -PT1S",
    "ownerTtl, P200000D",
    "ownerTtl, 60",
    "excludedPaths, x",
    "excludedPaths, '/a, /b*'",
    "cachTtl, PT5M",
    "CACHETTL, PT5M",
    "jdbcURL, x",
    "dataSourceJndiName, x"
  })
  void aWrongSettingIsNamed(String name, String value) {
    assertThatThrownBy(() -> builder().set(name, value).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name.equals("dataSourceJndiName") ? "jdbcUrl" : name);
  }

  @ParameterizedTest
  @CsvSource({
    "cacheTtl, PT0S",
    "maxStale, PT0S",
    "unknownCacheTtl, PT0S",
    "cacheMaximumSize, 0",
    "warmUp, 0",
    "warmUp, 100000",
    "unknownCacheMaximumSize, 0",
    "credentials, optional",
    "credentials, required",
    "schemaMigration, none",
    "tableSchema, Api_Keys2",
    "tableSchema, _",
    "tableSchema, a12345678901234567890123456789012345678901234567890123456789012",
    "keyPrefix, A1b2c_",
    "realm, Orders of ACME",
    "roles, user",
    "rolesQuery, 'SELECT u, r FROM t WHERE u IN (?)'",
    "ownerQuery, SELECT u FROM t WHERE u IN (?)",
    "ownerTtl, PT0.001S",
    "ownerTtl, P10000D",
    "excludedPaths, '/x, /x/*,*.x , /*'",
    "keyHeader, Api-Key"
  })
  void aRightSettingIsTaken(String name, String value) {
    assertThatCode(() -> builder().set(name, value).build()).doesNotThrowAnyException();
  }

  /** One setting alone stops no start because of another that nobody set. */
  @ParameterizedTest
  @CsvSource({
    "keyPrefix, lk_, 90, PT30S, P30D",
    "maxValidityDays, 30, 30, PT30S, P30D",
    "maxValidityDays, 1, 1, PT30S, P30D",
    "maxValidityDays, 90, 90, PT30S, P30D",
    "maxValidityDays, 36500, 90, PT30S, P30D",
    "defaultValidityDays, 365, 365, PT30S, P30D",
    "feedInterval, PT15S, 90, PT30S, P30D",
    "feedInterval, PT20S, 90, PT40S, P30D",
    "lookupTimeout, PT15S, 90, PT30S, P30D",
    "lookupTimeout, PT16S, 90, PT32S, P30D",
    "lookupTimeout, P10D, 90, P20D, P40D",
    "lookupTimeout, P10000D, 90, P20000D, P40000D",
    "feedInterval, P10000D, 90, P20000D, P40000D",
    "feedWindow, P15D, 90, P15D, P30D",
    "feedWindow, P20D, 90, P20D, P40D"
  })
  void unsetSettingsFollowThoseThatAreSet(
      String name, String value, int defaultValidityDays, Duration feedWindow, Duration retention) {
    ApiKeysConfig config = builder().set(name, value).build();
    assertThat(config.limits().defaultValidityDays()).isEqualTo(defaultValidityDays);
    assertThat(config.feed().feedWindow()).isEqualTo(feedWindow);
    assertThat(config.tombstoneRetention()).isEqualTo(retention);
  }

  /** What is set is not bent, the default included. */
  @ParameterizedTest
  @CsvSource({
    "maxValidityDays, 30, defaultValidityDays, 90",
    "maxValidityDays, 30, defaultValidityDays, 31",
    "feedInterval, PT20S, feedWindow, PT30S",
    "lookupTimeout, PT20S, feedWindow, PT30S",
    "feedWindow, P20D, tombstoneRetention, P30D",
    "lookupTimeout, P10D, tombstoneRetention, P30D",
    "cacheMaximumSize, 10, warmUp, 11"
  })
  void aContradictionStopsTheStart(String one, String value, String named, String contradiction) {
    assertThatThrownBy(() -> builder().set(one, value).set(named, contradiction).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void whereTheKeysAreKeptMustBeSaidOnce() {
    assertThatThrownBy(() -> ApiKeysConfig.builder().build()).hasMessageContaining("jdbcUrl");
    assertThatThrownBy(() -> builder().dataSourceJndiName("x").build())
        .hasMessageContaining("jdbcUrl");
    assertThatThrownBy(() -> builder().jdbcPassword("x").jdbcPasswordFile(Path.of("y")).build())
        .hasMessageContaining("jdbcPasswordFile");
    assertThatThrownBy(() -> ApiKeysConfig.builder().dataSourceJndiName("x").jdbcUser("u").build())
        .hasMessageContaining("jdbcUser");
  }

  @Test
  void everySettingHasAName() {
    assertThat(ApiKeysConfig.Builder.names()).contains("jdbcUrl", "cacheTtl", "realm").hasSize(38);
  }

  @Test
  void secretsAreNotPrinted() {
    ApiKeysConfig config =
        ApiKeysConfig.builder()
            .jdbcUrl("jdbc:mariadb://user:s3cret@host/db?password=s3cret")
            .jdbcUser("app")
            .jdbcPassword("s3cret")
            .build();
    assertThat(config.toString()).doesNotContain("s3cret").contains("jdbc:mariadb://host/db");
  }

  @Test
  void failedOpenSaysWhy(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:x:y").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbcUrl")
        .hasMessageContaining("jdbc:x:")
        .hasMessageContaining("jdbc:postgresql:");
    assertThatThrownBy(
            () -> ApiKeys.open(ApiKeysConfig.builder().dataSourceJndiName("jdbc/nothing").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dataSourceJndiName");
    assertThatThrownBy(
            () -> ApiKeys.open(builder().jdbcPasswordFile(folder.resolve("nothing")).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbcPasswordFile");
    assertThatThrownBy(
            () ->
                ApiKeys.open(
                    ApiKeysConfig.builder()
                        .jdbcUrl("jdbc:mariadb://127.0.0.1:1/db?password=s3cret")
                        .lookupTimeout(Duration.ofMillis(300))
                        .build()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("jdbc:mariadb://127.0.0.1:1/db")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aUrlThatTheDriverQuotesIsNotShown() {
    ApiKeysConfig config =
        ApiKeysConfig.builder().jdbcUrl("jdbc:mariadb:127.0.0.1/db?password=s3cret").build();
    assertThatThrownBy(() -> ApiKeys.open(config))
        .isInstanceOf(StoreException.class)
        .satisfies(
            e -> {
              for (Throwable next = e; next != null; next = next.getCause()) {
                assertThat(String.valueOf(next.getMessage())).doesNotContain("s3cret");
              }
            });
  }

  @Test
  void aPasswordMayComeFromAFile(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    ApiKeys.open(
            ApiKeysConfig.builder().jdbcUrl(url).jdbcUser("app").jdbcPassword("s3cret").build())
        .close();
    Path file = Files.writeString(folder.resolve("password"), "s3cret\n");
    ApiKeys.open(
            ApiKeysConfig.builder()
                .jdbcUrl(url)
                .jdbcUser("app")
                .jdbcPasswordFile(file)
                .schemaMigration(SchemaMigration.NONE)
                .build())
        .close();
  }

  @Test
  void onePlaceTellsRolesAndOnePlaceTellsOwners() {
    String query = "SELECT u, r FROM t WHERE u IN (?)";
    assertThatThrownBy(() -> builder().rolesQuery(query).ownerRoles(o -> Map.of()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("rolesQuery", "ownerRoles");
    for (Consumer<ApiKeysConfig.Builder> other :
        List.<Consumer<ApiKeysConfig.Builder>>of(
            b -> b.rolesQuery(query), b -> b.ownerQuery(query))) {
      ApiKeysConfig.Builder both = builder().ownerDirectory(owners -> Map.of());
      other.accept(both);
      assertThatThrownBy(both::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("ownerDirectory", "rolesQuery", "ownerQuery");
    }
    builder().ownerDirectory(o -> Map.of()).ownerRoles(o -> Map.of()).build();
    builder().ownerRoles(o -> Map.of()).ownerQuery(query).roles(Set.of("user")).build();
  }

  @Test
  void aBuilderOfAConfigHoldsAllOfIt() {
    ApiKeysConfig config =
        builder().realm("x").maxKeysPerUser(7).ownerDirectory(owners -> Map.of()).build();
    ApiKeysConfig.Builder copy = config.toBuilder();
    assertThat(copy.build().filterSettings().realm()).isEqualTo("x");
    assertThat(copy.build().limits().maxKeysPerUser()).isEqualTo(7);
    assertThat(copy.build().owners()).isEqualTo(config.owners());
    copy.realm("y").maxKeysPerUser(8);
    assertThat(config.toBuilder().build().filterSettings().realm()).isEqualTo("x");
    assertThat(config.toBuilder().build().limits().maxKeysPerUser()).isEqualTo(7);
  }

  @Test
  void rolesGivenAsTextAreEveryOwners() {
    FilterSettings settings = FilterSettings.builder().set("roles", " user , reader ").build();
    assertThat(settings.roles()).containsExactlyInAnyOrder("user", "reader");
  }

  @Test
  void eachSettingOfAFilterHasOneNameInEveryBuilder() {
    for (String name : FilterSettings.Builder.names()) {
      for (Class<?> builder : List.of(FilterSettings.Builder.class, ApiKeysConfig.Builder.class)) {
        assertThat(builder.getMethods()).extracting(Method::getName).contains(name);
      }
    }
    for (String name : ApiKeysConfig.Builder.names()) {
      assertThat(ApiKeysConfig.Builder.class.getMethods())
          .extracting(Method::getName)
          .contains(name);
    }
  }
}
