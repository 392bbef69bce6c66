package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
        .isEqualTo(Map.of("alice", Set.of("ROLE_A", "b")));
  }

  @Test
  void oneUserWhoCannotBeLookedUpIsNoAnswerAboutThatOneOnly() {
    UserDetailsDirectory directory =
        new UserDetailsDirectory(
            () ->
                name -> {
                  if (name.equals("broken")) {
                    throw new IllegalStateException("down");
                  }
                  return users.loadUserByUsername(name);
                });
    try (LogLines log = new LogLines()) {
      assertThat(directory.find(List.of("alice", "broken", "unknown")))
          .containsOnlyKeys("alice", "broken")
          .containsEntry("broken", null);
      assertThat(log.messages())
          .containsExactly(
              "Latchkey: the UserDetailsService fails for a user, whose keys get 503 if that lasts:"
                  + " down");
    }
    assertThatThrownBy(() -> directory.find(List.of("broken"))).hasMessage("down");
  }
}
