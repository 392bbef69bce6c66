package dev.latchkey.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.PageRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HolderRevocationsTest {
  /** A proxy's header makes it as long as its sender likes. */
  @Test
  void longAddressIsCutAndHindersNoRevocation() {
    try (ApiKeys apiKeys =
        ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build())) {
      String key =
          apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()).secret().reveal();
      apiKeys
          .unwrap(HolderRevocations.class)
          .revoke(List.of(key), Actor.holder().withAddress("x".repeat(1000)));
      EventFilter revoked = EventFilter.all().withAction("key.revoked");
      assertThat(apiKeys.administration().events(revoked, PageRequest.of(10)).items())
          .singleElement()
          .satisfies(event -> assertThat(event.from()).isEqualTo("x".repeat(64)));
    }
  }
}
