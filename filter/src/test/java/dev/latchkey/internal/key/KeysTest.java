package dev.latchkey.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.manage.KeySecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final KeyGenerator generator = new KeyGenerator(KeyFormat.DEFAULT, new SecureRandom());
  private final KeyHasher hasher = new KeyHasher();
  private final KeyParser parser = new KeyParser(KeyFormat.DEFAULT, hasher);

  /** Parses a text that must be a key from its first character to its last. */
  private Optional<KeyHash> hashOf(String text) {
    return Optional.ofNullable(parser.hashOf(text, 0));
  }

  @Test
  void keyIsPrefixRandomPartAndChecksum() {
    String text = generator.newKey().reveal();
    assertThat(text).matches("lk_[0-9A-Za-z]{49}").hasSize(52);
    CRC32 crc = new CRC32();
    crc.update(text.substring(0, 46).getBytes(StandardCharsets.US_ASCII));
    StringBuilder checksum = new StringBuilder();
    for (long rest = crc.getValue(), i = 0; i < 6; i++, rest /= 62) {
      checksum.insert(0, DIGITS.charAt((int) (rest % 62)));
    }
    assertThat(text.substring(46)).isEqualTo(checksum.toString());
  }

  @Test
  void digitsAreEquallyLikely() {
    int[] counts = new int[128];
    for (int i = 0; i < 20_000; i++) {
      generator.newKey().reveal().substring(3, 46).chars().forEach(c -> counts[c]++);
    }
    double expected = 20_000 * 43 / 62.0;
    double chiSquared =
        DIGITS.chars().mapToDouble(c -> Math.pow(counts[c] - expected, 2) / expected).sum();
    // 61 degrees of freedom: a fair source exceeds 140 less than once in ten million runs; one that
    // takes bytes modulo 62 is beyond 3000.
    assertThat(chiSquared).isLessThan(140);
  }

  @Test
  void keysRoundTrip() {
    Set<KeyHash> hashes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      KeySecret key = generator.newKey();
      assertThat(hashOf(key.reveal())).contains(hasher.hash(key));
      hashes.add(hasher.hash(key));
    }
    assertThat(hashes).hasSize(10_000);
  }

  @Test
  void keyWithAnyCharacterChangedIsRejected() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5_000; i++) {
      String key = generator.newKey().reveal();
      for (int at = 0; at < key.length(); at++) {
        char other;
        do {
          other = (char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : random.nextInt(128));
        } while (other == key.charAt(at));
        String changed = key.substring(0, at) + other + key.substring(at + 1);
        assertThat(hashOf(changed).isEmpty()).isTrue();
      }
    }
  }

  @Test
  void keyWithCharactersSwappedDroppedOrAddedIsRejected() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20_000; i++) {
      String key = generator.newKey().reveal();
      int at = random.nextInt(key.length() - 1);
      String swapped =
          key.substring(0, at) + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
      assertThat(hashOf(swapped).isPresent()).isEqualTo(swapped.equals(key));
      assertThat(hashOf(key.substring(0, at) + key.substring(at + 1))).isEmpty();
      assertThat(hashOf(key.substring(0, at) + "0" + key.substring(at))).isEmpty();
      assertThat(hashOf(key.substring(0, at))).isEmpty();
    }
    assertThat(hashOf("")).isEmpty();
  }

  @Test
  void keyIsReadFromAnOffset() {
    KeySecret key = generator.newKey();
    assertThat(parser.hashOf("Bearer " + key.reveal(), 7)).isEqualTo(hasher.hash(key));
    assertThat(parser.hashOf("Bearer " + key.reveal(), 6)).isNull();
    assertThat(parser.hashOf("Bearer " + key.reveal(), 8)).isNull();
    String pairs = "\ud83d\ude00".repeat(20);
    assertThat(parser.hashOf(pairs + key.reveal().substring(0, 12) + pairs, 40)).isNull();
    assertThat(parser.hashOf("lk_" + pairs + "123456789", 0)).isNull();
    assertThat(parser.hashOf(pairs + key.reveal(), 40)).isNull(); // surrogate pairs shift the bytes
  }

  @Test
  void concurrentHashesAreCorrect() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(200);
    try {
      List<Callable<Long>> work = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        KeySecret key = generator.newKey();
        KeyHash hash = hasher.hash(key);
        work.add(
            () -> IntStream.range(0, 5_000).filter(j -> !hasher.hash(key).equals(hash)).count());
      }
      for (Future<Long> wrong : threads.invokeAll(work)) {
        assertThat(wrong.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void hashIsTheSha256OfTheWholeText() throws Exception {
    KeySecret key = generator.newKey();
    byte[] expected =
        MessageDigest.getInstance("SHA-256")
            .digest(key.reveal().getBytes(StandardCharsets.US_ASCII));
    assertThat(hasher.hash(key).toBytes()).isEqualTo(expected);
    assertThat(KeyHash.of(expected))
        .isEqualTo(hasher.hash(key))
        .hasSameHashCodeAs(hasher.hash(key));
  }

  @Test
  void hashesOfOtherLengthsAreRejected() {
    assertThatThrownBy(() -> KeyHash.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hintRevealsFourCharactersOnly() {
    KeySecret key = generator.newKey();
    assertThat(key.hint()).isEqualTo("lk_…" + key.reveal().substring(48));
  }

  @Test
  void keyAndHashAreRedactedInText() {
    KeySecret key = generator.newKey();
    assertThat(key.toString()).isEqualTo("KeySecret[redacted]");
    assertThat(hasher.hash(key).toString()).isEqualTo("KeyHash[redacted]");
  }

  @Test
  void tagsAreTwelveDigitsAndDoNotRepeat() {
    Set<String> tags = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      tags.add(generator.newTag());
    }
    assertThat(tags).hasSize(10_000).allMatch(tag -> tag.matches("[0-9A-Za-z]{12}"));
  }

  @Test
  void prefixIsASetting() {
    KeyFormat acme = new KeyFormat("acme_");
    KeySecret key = new KeyGenerator(acme, new SecureRandom()).newKey();
    assertThat(key.reveal()).matches("acme_[0-9A-Za-z]{49}");
    assertThat(key.hint()).startsWith("acme_…");
    assertThat(new KeyParser(acme, hasher).hashOf(key.reveal(), 0)).isEqualTo(hasher.hash(key));
    assertThat(hashOf(key.reveal())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_", "lk", "toolong_", "l k_", "lk__", "ü_", "lk-", "lk_\n"})
  void badPrefixIsRejectedByTheSettingsName(String prefix) {
    assertThatThrownBy(() -> new KeyFormat(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keyPrefix");
  }
}
