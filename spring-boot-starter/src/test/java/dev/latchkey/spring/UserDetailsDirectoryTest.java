package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

class UserDetailsDirectoryTest {
  private final InMemoryUserDetailsManager users =
      new InMemoryUserDetailsManager(
          User.withUsername("alice").password("").authorities("ROLE_A", "b").build(),
          User.withUsername("disabled").password("").roles("A").disabled(true).build(),
          User.withUsername("locked").password("").roles("A").accountLocked(true).build(),
          User.withUsername("expired").password("").roles("A").accountExpired(true).build(),
          User.withUsername("old").password("").roles("A").credentialsExpired(true).build());

  @Test
  void whoCouldNotLogInIsLeftOut() {
    assertThat(
            new UserDetailsDirectory(() -> users)
                .find(List.of("alice", "disabled", "locked", "expired", "old", "unknown")))
        .isEqualTo(Map.of("alice", Owner.withAuthorities(Set.of("ROLE_A", "b"))));
    assertThat(Owner.withAuthorities(Set.of("ROLE_A", "b")).roles())
        .containsExactlyInAnyOrder("ROLE_A", "A", "b");
  }

  @Test
  void anAnswerIsRememberedForItsTimeAndThroughAnOutage() {
    AtomicLong now = new AtomicLong();
    AtomicInteger questions = new AtomicInteger();
    List<RuntimeException> outage = new java.util.concurrent.CopyOnWriteArrayList<>();
    OwnerDirectory directory =
        owners -> {
          questions.incrementAndGet();
          if (!outage.isEmpty()) {
            throw outage.get(0);
          }
          return new UserDetailsDirectory(() -> users).find(owners);
        };
    try (CachedOwners owners =
        new CachedOwners(directory, Duration.ofMinutes(1), Duration.ofMinutes(5), now::get)) {
      assertThat(owners.of("alice").mayUseKeys()).isTrue();
      now.addAndGet(Duration.ofSeconds(20).toNanos());
      users.deleteUser("alice");
      assertThat(owners.of("alice").mayUseKeys()).isTrue();
      assertThat(questions).hasValue(1);

      outage.add(new IllegalStateException("down"));
      now.addAndGet(Duration.ofMinutes(2).toNanos());
      assertThat(owners.of("alice").mayUseKeys()).isTrue();
      now.addAndGet(Duration.ofMinutes(3).toNanos());
      assertThatThrownBy(() -> owners.of("alice"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("down");

      outage.clear();
      assertThat(owners.of("alice")).isEqualTo(Owner.UNKNOWN);
    }
  }
}
