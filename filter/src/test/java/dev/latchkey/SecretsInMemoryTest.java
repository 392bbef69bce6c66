package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.latchkey.internal.auth.AuthOutcome.Granted;
import dev.latchkey.internal.auth.AuthOutcome.Unknown;
import dev.latchkey.internal.auth.RequestAuthenticator;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a request is over, nothing of ours still holds the key that it came with. */
class SecretsInMemoryTest {
  /** Here, too, no secret lies about as it is. */
  private static final int MASK = 0x5A;

  private static byte[] masked(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= MASK;
    }
    return bytes;
  }

  private static String unmasked(byte[] masked) {
    byte[] bytes = masked.clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= MASK;
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void neitherALiveKeyNorAnUnknownOneIsInTheHeap(@TempDir Path folder) throws Exception {
    try (ApiKeys apiKeys =
        ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build())) {
      byte[] live = masked(added(apiKeys));
      byte[] unknown = masked(Keys.secret().reveal());
      byte[] marker = masked("a marker " + UUID.randomUUID());
      String held = unmasked(marker);
      for (int i = 0; i < 3; i++) {
        assertThat(
                apiKeys
                    .unwrap(RequestAuthenticator.class)
                    .authenticate("Bearer " + unmasked(live), 7, () -> "192.0.2.1"))
            .isInstanceOf(Granted.class);
        assertThat(
                apiKeys
                    .unwrap(RequestAuthenticator.class)
                    .authenticate(unmasked(unknown), 0, () -> "192.0.2.1"))
            .isInstanceOf(Unknown.class);
      }
      Path dump = folder.resolve("heap.hprof");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(dump.toString(), true);
      assertThat(contains(dump, masked(held))).as("what is held is found").isTrue();
      assertThat(contains(dump, live)).as("a live key").isFalse();
      assertThat(contains(dump, unknown)).as("an unknown key").isFalse();
    }
  }

  private static String added(ApiKeys apiKeys) {
    return apiKeys.service().add(KeyOwner.of("alice"), KeyRequest.create()).secret().reveal();
  }

  /** Whether a file has what a masked text stands for. */
  private static boolean contains(Path file, byte[] masked) throws Exception {
    byte[] window = new byte[1 << 16];
    int kept = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int read = in.read(window, kept, window.length - kept);
          read > 0;
          read = in.read(window, kept, window.length - kept)) {
        int end = kept + read;
        for (int at = 0; at + masked.length <= end; at++) {
          int same = 0;
          while (same < masked.length && (window[at + same] ^ MASK) == masked[same]) {
            same++;
          }
          if (same == masked.length) {
            return true;
          }
        }
        kept = Math.min(masked.length - 1, end);
        System.arraycopy(window, end - kept, window, 0, kept);
      }
    }
    return false;
  }
}
