package dev.latchkey.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.latchkey.FilterSettings;
import dev.latchkey.internal.key.KeyFormat;
import dev.latchkey.internal.key.KeyHasher;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.internal.store.Keys;
import dev.latchkey.servlet.Credential.Absent;
import dev.latchkey.servlet.Credential.Malformed;
import dev.latchkey.servlet.Credential.Presented;
import dev.latchkey.test.LongForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialReaderTest {
  private static final int CASES = LongForm.choose(400_000, 100_000);

  private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final HttpServletRequest request = new Headers(mock(HttpServletRequest.class));
  private final CredentialReader reader = new CredentialReader(FilterSettings.builder().build());
  private final CredentialReader bareReader =
      new CredentialReader(FilterSettings.builder().acceptBareKey(true).build());

  /** Answers by {@link #fields}, without a mock's cost: there are many cases. */
  private final class Headers extends HttpServletRequestWrapper {
    Headers(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return Collections.enumeration(fields.getOrDefault(name, List.of()));
    }

    @Override
    public String getHeader(String name) {
      return fields.containsKey(name) ? fields.get(name).get(0) : null;
    }
  }

  private Credential read(String header, String... values) {
    return read(reader, header, values);
  }

  private Credential read(CredentialReader reader, String header, String... values) {
    fields.put(header, List.of(values));
    try {
      return reader.read(request);
    } finally {
      fields.clear();
    }
  }

  /** Returns what a request presents as a key. */
  private static String presented(Credential credential) {
    assertThat(credential).isInstanceOf(Presented.class);
    Presented presented = (Presented) credential;
    return presented.text().substring(presented.start());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer x", "bearer x", "BEARER x", "bEaReR    x"})
  void schemeIsReadInAnyCaseWithOneOrMoreSpaces(String value) {
    assertThat(presented(read("Authorization", value))).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"azAZ09-._~+/", "x=", "x==", "-"})
  void b64tokenIsAccepted(String token) {
    assertThat(presented(read("Authorization", "Bearer " + token))).isEqualTo(token);
    assertThat(presented(read("X-API-Key", token))).isEqualTo(token);
    assertThat(CredentialReader.isB64Token("Bearer " + token, 7)).isTrue();
    assertThat(CredentialReader.isB64Token(token, 0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "a b", "a,b", "a=b", "\"a\"", "a\t", "ä", "a\u0000", "ł"})
  void otherCharactersAreNot(String token) {
    assertThat(CredentialReader.isB64Token("Bearer " + token, 7)).isFalse();
    assertThat(CredentialReader.isB64Token(token, 0)).isFalse();
  }

  @Test
  void emptyKeyIsMalformed() {
    assertThat(read("Authorization", "Bearer ")).isInstanceOf(Malformed.class);
    assertThat(read("Authorization", "Bearer   ")).isInstanceOf(Malformed.class);
    assertThat(read("X-API-Key", "")).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Basic eA==", "Bearerx y", "Bearer-x y", "Digest a=b", "lk_x", "DPoP x"})
  void otherSchemesAreAbsent(String value) {
    assertThat(read("Authorization", value)).isInstanceOf(Absent.class);
    fields.put("X-API-Key", List.of("x"));
    assertThat(presented(read("Authorization", value))).isEqualTo("x");
  }

  @Test
  void bareKeyIsReadOnlyIfItMayBe() {
    assertThat(presented(read(bareReader, "Authorization", "lk_x"))).isEqualTo("lk_x");
    assertThat(presented(read(bareReader, "Authorization", "Bearer x"))).isEqualTo("x");
    assertThat(read(bareReader, "Authorization", "Bearer")).isInstanceOf(Malformed.class);
    assertThat(read(bareReader, "Authorization", "Basic x")).isInstanceOf(Absent.class);
  }

  @Test
  void twoCredentialsAreMalformed() {
    assertThat(read("Authorization", "Bearer x", "Bearer x")).isInstanceOf(Malformed.class);
    assertThat(read("authorization", "Basic x", "Bearer x")).isInstanceOf(Malformed.class);
    assertThat(read("X-API-Key", "x", "x")).isInstanceOf(Malformed.class);
    for (String bearer : List.of("Bearer x", "Bearer")) {
      fields.put("X-API-Key", List.of("x"));
      assertThat(read("Authorization", bearer)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void noHeadersAreAbsent() {
    assertThat(reader.read(request)).isInstanceOf(Absent.class);
    HttpServletRequest secretive = mock(HttpServletRequest.class); // keeps its headers to itself
    when(secretive.getHeaders(anyString())).thenReturn(null);
    assertThat(reader.read(secretive)).isInstanceOf(Absent.class);
  }

  @Test
  void presentedKeyIsNotPrinted() {
    assertThat(new Presented("secret", 0, false).toString()).doesNotContain("secret");
  }

  /** Whatever a valid header is turned into, it is that key or no key; nothing is thrown. */
  @Test
  void mutatedHeaderIsTheSameKeyOrNone() {
    SplittableRandom random = new SplittableRandom(4);
    KeyParser parser = new KeyParser(KeyFormat.DEFAULT, new KeyHasher());
    int presented = 0;
    for (int i = 0; i < CASES; i++) {
      String key = Keys.secret().reveal();
      String valid = random.nextBoolean() ? "Bearer " + key : key;
      String header = valid.startsWith("Bearer") ? "Authorization" : "X-API-Key";
      String value = mutated(valid, random);
      if (read(header, value) instanceof Presented found) {
        presented++;
        boolean same =
            value.toLowerCase(Locale.ROOT).matches("(bearer *)?" + key.toLowerCase(Locale.ROOT))
                && value.endsWith(key);
        assertThat(parser.hashOf(found.text(), found.start()) != null).as(value).isEqualTo(same);
      }
    }
    assertThat(presented).isBetween(CASES / 10, CASES); // the mutations are neither all nor never
  }

  private static String mutated(String text, SplittableRandom random) {
    char[] chars = text.toCharArray();
    int at = random.nextInt(chars.length);
    switch (random.nextInt(6)) {
      case 0 -> chars[at] = (char) random.nextInt(256);
      case 1 -> chars[at] = (char) (chars[at] ^ 0x20);
      case 2 -> {
        char kept = chars[at];
        int other = random.nextInt(chars.length);
        chars[at] = chars[other];
        chars[other] = kept;
      }
      case 3 -> chars = Arrays.copyOf(chars, at);
      case 4 -> {
        return text.substring(0, at) + (char) random.nextInt(128) + text.substring(at);
      }
      default -> {
        return text.substring(0, at) + text.substring(at + 1);
      }
    }
    return new String(chars);
  }
}
