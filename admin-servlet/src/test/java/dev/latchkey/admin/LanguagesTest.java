package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.test.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The servlet's pages are in the language that the browser asks for, if they are there in it. */
class LanguagesTest extends ServletTest {
  private Answer page(String acceptLanguage) {
    return anyone
        .get("api-keys")
        .header("Accept", "text/html")
        .header("Accept-Language", acceptLanguage)
        .send();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en                          | en",
        "en-GB, de;q=0.9             | en",
        "de                          | de",
        "de-CH, en;q=0.9             | de",
        "nl, fr;q=0.8, en;q=0.9      | en",
        "nl, FR;q=0.8, en;q=0.7      | fr",
        "es-419                      | es",
        "ja-JP                       | ja",
        "ar-EG, en;q=0.1             | ar",
        "de;q=0, en                  | en",
        "nl                          | en",
        "*                           | en",
        "''                          | en",
        "../../page, %2e, <b>, de_DE | en"
      })
  void pageSpeaksTheUsersLanguage(String acceptLanguage, String language) {
    assumeThat(new Catalogues(new Json()).of(language)).isNotNull();
    Answer page = page(acceptLanguage);
    assertThat(page.status()).isEqualTo(401);
    assertThat(page.header("Vary")).isEqualTo("Accept, Accept-Language");
    String direction = language.equals("ar") ? "rtl" : "ltr";
    assertThat(page.text())
        .contains("<html lang=\"" + language + "\" dir=\"" + direction + "\">")
        .doesNotContain("{", "}");
  }

  /** The server's own language does not matter. */
  @Test
  void pageIsEnglishForThoseWhoDoNotSay() {
    Answer page = anyone.get("api-keys").header("Accept", "text/html").send();
    assertThat(page.text()).contains("<html lang=\"en\"");
  }
}
