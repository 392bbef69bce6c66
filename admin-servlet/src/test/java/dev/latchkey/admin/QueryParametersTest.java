package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import dev.latchkey.test.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries, also such as no container lets pass. */
class QueryParametersTest {
  private static Fields read(@Nullable String query) {
    HttpServletRequest request = Requests.with(Map.of());
    when(request.getQueryString()).thenReturn(query);
    return QueryParameters.read(request, Set.of("a", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a=x               | x",
        "b=1&a=x           | x",
        "&a=x&&b=y&        | x",
        "%61=x             | x",
        "a=x=y             | x=y",
        "a=x%26b%3Dy       | x&b=y",
        "a=1+2             | 1 2",
        "a=1%2b2           | 1+2",
        "a=%c3%BC          | ü",
        "a=%F0%9F%94%91    | 🔑",
        "a=%2541           | %41",
        "a=x;b=y           | x;b=y",
        "a='\"<>[]{}^`     | '\"<>[]{}^`"
      })
  void valueIsDecodedOnce(String query, String value) {
    Fields fields = read(query);
    fields.check();
    assertThat(fields.text("a")).isEqualTo(value);
  }

  @Test
  void noQueryIsNoParameter() {
    for (String query : new String[] {null, "", "&", "&&"}) {
      Fields fields = read(query);
      fields.check();
      assertThat(fields.has("a")).isFalse();
      assertThat(fields.text("a")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%",
        "a=%4",
        "a=%zz",
        "a=%+1",
        "a=% 1",
        "a=%-1",
        "a=%80",
        "a=%C3",
        "a=%ED%A0%80",
        "a=ü",
        "a=Ł",
        "a=Ã¼",
        "a=\u0080",
        "a",
        "a=",
        "a=x&a=x",
        "a=x&%61=y",
        "a=&a=x"
      })
  void unreadableOrRepeatedIsRejected(String query) {
    assertThatThrownBy(() -> read(query).check())
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("a must");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=x", "%=x", "%FF=x", "ü=x", "="})
  void unreadableNameIsRejected(String query) {
    assertThatThrownBy(() -> read(query).check())
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("query must");
  }

  @Test
  void unknownIsRejected() {
    assertThatThrownBy(() -> read("c=x").check())
        .isInstanceOf(ProblemException.class)
        .hasMessage("c is not known here; known are a, b.");
  }
}
