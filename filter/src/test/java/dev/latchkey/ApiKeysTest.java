package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.auth.AuthResult;
import dev.latchkey.internal.auth.AuthOutcome;
import dev.latchkey.internal.auth.RequestAuthenticator;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.test.MutableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application calls by itself. */
class ApiKeysTest {
  private final KeyOwner alice = KeyOwner.of("alice");
  private final MutableClock clock = new MutableClock(Instant.now());
  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
  private final ApiKeys apiKeys = open();

  private ApiKeys open() {
    return ApiKeys.open(
        ApiKeysConfig.builder()
            .jdbcUrl(url)
            .maxKeysPerUser(3)
            .maxStale(Duration.ofDays(9))
            .clock(clock)
            .build());
  }

  @AfterEach
  void close() {
    apiKeys.close();
  }

  private IssuedKey added() {
    return apiKeys.service().add(alice, KeyRequest.create());
  }

  private static String text(IssuedKey key) {
    return key.secret().reveal();
  }

  private boolean works(IssuedKey key) {
    return apiKeys.unwrap(RequestAuthenticator.class).authenticate(text(key), 0, () -> "192.0.2.1")
        instanceof AuthOutcome.Granted;
  }

  @Test
  void authenticateTellsTheOwnerOfALiveKey() {
    IssuedKey key = added();
    AuthResult result = apiKeys.authenticate(text(key));
    assertThat(result.status()).isEqualTo(AuthResult.Status.GRANTED);
    assertThat(result.principal()).contains(new ApiKeyPrincipal("alice", key.key().tag()));
    assertThat(result.expiresAt()).contains(key.key().expiresAt());
  }

  @Test
  void authenticateRejectsEveryOtherText() {
    IssuedKey revoked = added();
    apiKeys.revoke(text(revoked));
    IssuedKey live = added();
    for (String text :
        List.of(text(revoked), "", "lk_x", " " + text(live), "Bearer " + text(live), "ключ")) {
      AuthResult result = apiKeys.authenticate(text);
      assertThat(result.status()).as(text).isEqualTo(AuthResult.Status.INVALID);
      assertThat(result.principal()).isEmpty();
    }
    apiKeys.ownerDisabled("alice");
    assertThat(apiKeys.authenticate(text(live)).status()).isEqualTo(AuthResult.Status.INVALID);
  }

  @Test
  void authenticateTellsWhenAKeyExpired() {
    IssuedKey key = added();
    clock.advance(Duration.ofDays(91));
    AuthResult result = apiKeys.authenticate(text(key));
    assertThat(result.status()).isEqualTo(AuthResult.Status.EXPIRED);
    assertThat(result.principal()).isEmpty();
    assertThat(result.expiresAt()).contains(key.key().expiresAt());
  }

  private static ApiKeys cutOff() {
    return ApiKeys.open(
        ApiKeysConfig.builder()
            .jdbcUrl("jdbc:h2:mem:nothing;IFEXISTS=TRUE") // refused at once, as no network does
            .startWithoutStore(true)
            .build());
  }

  @Test
  void authenticateDoesNotTakeAnOutageForANo() {
    IssuedKey key = added();
    try (ApiKeys cutOff = cutOff()) {
      AuthResult result = cutOff.authenticate(text(key));
      assertThat(result.status()).isEqualTo(AuthResult.Status.UNAVAILABLE);
      assertThat(result.principal()).isEmpty();
    }
  }

  @Test
  void storeIsAvailableOnceItHasAnswered() {
    while (!apiKeys.isStoreAvailable()) {
      Thread.onSpinWait();
    }
    try (ApiKeys cutOff = cutOff()) {
      assertThat(cutOff.isStoreAvailable()).isFalse();
    }
  }

  /** It would be "unavailable" otherwise. */
  @Test
  void textWithOneWrongCharacterIsRejectedWithoutTheStore() {
    String text = text(added());
    try (ApiKeys cutOff = cutOff()) {
      for (int i = 0; i < text.length(); i++) {
        for (char other : new char[] {'0', 'z', '-', 'é'}) {
          String wrong = text.substring(0, i) + other + text.substring(i + 1);
          assertThat(cutOff.authenticate(wrong).status())
              .isEqualTo(
                  wrong.equals(text) ? AuthResult.Status.UNAVAILABLE : AuthResult.Status.INVALID);
        }
        AuthResult cut = cutOff.authenticate(text.substring(0, i));
        assertThat(cut.status()).isEqualTo(AuthResult.Status.INVALID);
      }
    }
  }

  @Test
  void useThatTheApplicationFoundHasNoAddress() {
    IssuedKey key = added();
    apiKeys.authenticate(text(key));
    apiKeys.close(); // writes what is still to be written
    try (ApiKeys again = open()) {
      ApiKey used = again.service().get(alice, key.key().tag());
      assertThat(used.lastUsedAt()).isNotNull();
      assertThat(used.lastUsedFrom()).isNull();
    }
  }

  @Test
  void principalOutlivesSerialization() throws Exception {
    ApiKeyPrincipal principal = new ApiKeyPrincipal("alice", "3kTq9mWxZ2aB");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(principal);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(principal);
    }
  }

  @Test
  void aRevokedKeyIsRefusedFromThenOn() {
    IssuedKey key = added();
    IssuedKey other = added();
    assertThat(works(key)).isTrue(); // and cached
    assertThat(apiKeys.revoke(text(key))).isTrue();
    assertThat(works(key)).isFalse();
    assertThat(works(other)).isTrue();
    assertThat(apiKeys.service().list(alice)).containsExactly(other.key());
    assertThat(apiKeys.revoke(text(key))).isFalse();
  }

  @Test
  void aKeyInItsGraceIsRevokedAlone() {
    IssuedKey old = added();
    IssuedKey fresh =
        apiKeys.service().reissue(alice, old.key().tag(), KeyRequest.create(), Duration.ofHours(1));
    assertThat(works(old)).isTrue();
    assertThat(apiKeys.revoke(text(old))).isTrue();
    assertThat(works(old)).isFalse();
    assertThat(works(fresh)).isTrue();
  }

  @Test
  void withAKeyDiesTheOneThatItReplaced() {
    IssuedKey old = added();
    IssuedKey fresh =
        apiKeys.service().reissue(alice, old.key().tag(), KeyRequest.create(), Duration.ofHours(1));
    assertThat(works(old)).isTrue();
    assertThat(apiKeys.revoke(text(fresh))).isTrue();
    assertThat(works(old)).isFalse();
    assertThat(works(fresh)).isFalse();
    assertThat(apiKeys.revoke(text(old))).isFalse();
  }

  @Test
  void aKeyOfADisabledOwnerIsRevoked() {
    IssuedKey key = added();
    apiKeys.ownerDisabled("alice");
    assertThat(apiKeys.revoke(text(key))).isTrue();
    apiKeys.ownerEnabled("alice");
    assertThat(works(key)).isFalse();
  }

  /** By another node's clock it may be alive. */
  @Test
  void aKeyThatHasExpiredIsRevokedButWasNotAlive() {
    IssuedKey key = added();
    clock.set(key.key().expiresAt());
    assertThat(apiKeys.revoke(text(key))).isFalse();
    assertThat(apiKeys.service().list(alice)).isEmpty();
  }

  @Test
  void aKeyWhoseGraceIsOverWasNotAlive() {
    IssuedKey old = added();
    apiKeys.service().reissue(alice, old.key().tag(), KeyRequest.create(), Duration.ofHours(1));
    clock.advance(Duration.ofHours(2));
    assertThat(apiKeys.revoke(text(old))).isFalse();
  }

  /** Its change is told by the feed, and maybe not yet. */
  @Test
  void aKeyThatAnotherNodeDeletedIsRefusedFromThenOn() {
    IssuedKey key = added();
    assertThat(works(key)).isTrue();
    try (ApiKeys node = open()) {
      node.service().delete(alice, key.key().tag());
    }
    assertThat(apiKeys.revoke(text(key))).isFalse();
    assertThat(works(key)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lk_",
        "not a key",
        "lk_0000000000000000000000000000000000000000000000000",
        "\ud83d\udd11",
        "Bearer lk_"
      })
  void textThatIsNoKeyIsNotRevoked(String text) {
    IssuedKey key = added();
    assertThat(apiKeys.revoke(text)).isFalse();
    assertThat(apiKeys.revoke(text(key) + text)).isEqualTo(text.isEmpty());
    assertThat(apiKeys.revoke(" " + text(key))).isFalse();
  }

  @Test
  void aRowThatCannotBeReadGets503UntilItIsRevoked() throws Exception {
    IssuedKey key = added();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement spoil =
            connection.prepareStatement(
                "UPDATE latchkey_key SET expires_at = TIMESTAMP '999999999-01-01 00:00:00'")) {
      spoil.executeUpdate();
    }
    IssuedKey other = apiKeys.service().add(KeyOwner.of("bob"), KeyRequest.create());
    for (int twice = 0; twice < 2; twice++) { // the circuit stays closed
      assertThat(
              apiKeys
                  .unwrap(RequestAuthenticator.class)
                  .authenticate(text(key), 0, () -> "192.0.2.1"))
          .isInstanceOf(AuthOutcome.Unavailable.class);
      assertThat(works(other)).isTrue();
      apiKeys.service().delete(KeyOwner.of("bob"), other.key().tag());
      other = apiKeys.service().add(KeyOwner.of("bob"), KeyRequest.create());
    }
    assertThat(apiKeys.revoke(text(key))).isTrue();
    assertThat(
            apiKeys
                .unwrap(RequestAuthenticator.class)
                .authenticate(text(key), 0, () -> "192.0.2.1"))
        .isInstanceOf(AuthOutcome.Unknown.class);
    assertThat(apiKeys.revoke(text(key))).isFalse();
  }

  @Test
  void ofADeletedOwnerNoKeyWorksAndANamesakeStartsWithNone() {
    IssuedKey old = added();
    IssuedKey fresh =
        apiKeys.service().reissue(alice, old.key().tag(), KeyRequest.create(), Duration.ofHours(1));
    IssuedKey second = added();
    assertThat(works(old) && works(fresh) && works(second)).isTrue();
    apiKeys.ownerDisabled("alice");
    apiKeys.ownerDeleted("alice");
    apiKeys.ownerDeleted("alice");
    assertThat(works(old) || works(fresh) || works(second)).isFalse();
    assertThat(apiKeys.service().list(alice)).isEmpty();
    IssuedKey namesakes = added();
    assertThat(works(namesakes)).isTrue();
    assertThat(works(old) || works(fresh) || works(second)).isFalse();
  }

  @Test
  void nobodyCanHaveNoName() {
    assertThatThrownBy(() -> apiKeys.ownerDeleted("")).isInstanceOf(InvalidValueException.class);
    apiKeys.ownerDeleted("nobody");
  }

  @Test
  void aNullIsRefusedByName() {
    assertThatThrownBy(() -> apiKeys.revoke(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("key");
    List<Consumer<String>> events =
        List.of(apiKeys::ownerDeleted, apiKeys::ownerDisabled, apiKeys::ownerEnabled);
    for (Consumer<String> event : events) {
      assertThatThrownBy(() -> event.accept(null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("owner");
    }
  }

  /** Where users are, and where roles are, may be two places. */
  @Test
  void rolesOfOthersLetNobodyInButGoToServices() {
    Map<String, Set<String>> users = new HashMap<>();
    users.put("alice", Set.of("x"));
    users.put("broken", null);
    try (ApiKeys twoPlaces =
        ApiKeys.open(
            ApiKeysConfig.builder()
                .jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
                .ownerDirectory(owners -> users)
                .ownerRoles(
                    owners ->
                        owners.stream()
                            .collect(Collectors.toMap(owner -> owner, owner -> Set.of("clerk"))))
                .build())) {
      twoPlaces.addServiceOwner("svc");
      Map<String, AuthResult.Status> expected =
          Map.of(
              "alice", AuthResult.Status.GRANTED,
              "svc", AuthResult.Status.GRANTED,
              "broken", AuthResult.Status.UNAVAILABLE,
              "bob", AuthResult.Status.INVALID);
      expected.forEach(
          (owner, status) -> {
            IssuedKey key = twoPlaces.service().add(KeyOwner.of(owner), KeyRequest.create());
            AuthResult result = twoPlaces.authenticate(text(key));
            assertThat(result.status()).as(owner).isEqualTo(status);
            result
                .principal()
                .ifPresent(found -> assertThat(found.roles()).containsExactly("clerk"));
          });
    }
  }
}
