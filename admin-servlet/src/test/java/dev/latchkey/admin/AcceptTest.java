package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Requests;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
  private static Accept accept(String... fields) {
    return Accept.of(Requests.with(Map.of("Accept", Arrays.asList(fields))), "Accept");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip                          | true",
        "GZip                          | true",
        "deflate, gzip;q=1.0, *;q=0.5  | true",
        "gzip ; q=0.001                | true",
        "gzip\t;\tq=0.5                | true",
        "br,\tgzip                     | true",
        "*                             | true",
        "*;q=0.1                       | true",
        "gzip, *;q=0                   | true",
        "gzip, identity;q=0            | true",
        "gzip, identity                | true",
        "gzip;x=1                      | true",
        "''                            | false",
        "identity                      | false",
        "deflate, br                   | false",
        "gzipped                       | false",
        "gzip;q=0                      | false",
        "gzip;Q=0                      | false",
        "gzip; q=0                     | false",
        "gzip ;q=0                     | false",
        "gzip;\tq=0                    | false",
        "gzip\t; \t q=0                | false",
        "gzip;\tq=0.000\t,br           | false",
        "gzip;q=0.                     | false",
        "gzip;q = 0                    | false",
        "gzip;q\t=\t0                  | false",
        "gzip;x=1;q=0                  | false",
        "gzip;q=0, *                   | false",
        "*, gzip;q=0                   | false",
        "*;q=0                         | false",
        "*;\tq=0                       | false",
        "*;q=0, identity               | false",
        "gzip;q=0.5, identity          | false",
        "*;q=0.5, identity             | false",
        "gzip, gzip;q=0                | false",
        "gzip;q=                       | false",
        "gzip;q                        | false",
        "gzip;q=none                   | false",
        "gzip;q=-1                     | false",
        "gzip;q=00                     | false",
        "gzip;q=NaN                    | false",
        "gzip;q=1e-9                   | false",
        ",;, ;q=0,                     | false"
      })
  void codings(String field, boolean isGzipPreferred) {
    assertThat(accept(field).prefersCoding("gzip")).isEqualTo(isGzipPreferred);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html                                    | true",
        "application/xhtml+xml,\ttext/html\t;q=0.9    | true",
        "text/html;level=\"a,b;q=0\"                  | true",
        "*/*                                          | false",
        "text/*                                       | false",
        "text/html;\tq=0                              | false",
        "application/x;a=\"b,text/html\"              | false"
      })
  void mediaTypesAreNegotiated(String field, boolean isHtmlNamed) {
    assertThat(accept(field).names("text/html")).isEqualTo(isHtmlNamed);
  }

  @Test
  void repeatedHeadersAreOneList() {
    assertThat(accept("deflate", "gzip").prefersCoding("gzip")).isTrue();
    assertThat(accept("deflate;q=1", "br", "gzip;\tq=0").prefersCoding("gzip")).isFalse();
    assertThat(accept().prefersCoding("gzip")).isFalse();
  }

  @Test
  void longHeaderCostsLittle() {
    assertThat(accept("\"".repeat(30_001) + ";q=0,".repeat(10_000)).names("gzip")).isFalse();
  }
}
