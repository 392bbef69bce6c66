package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import dev.latchkey.test.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountTest {
  /** Containers tell the context path encoded, or decoded, and the servlet path decoded. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/shop                | /api-keys    | /shop/api-keys",
        "''                   | /api-keys    | /api-keys",
        "''                   | ''           | ''",
        "/my shop             | /my keys     | /my%20shop/my%20keys",
        "/my%20shop           | /my%20keys   | /my%20shop/my%2520keys",
        "/b%c3%bccher         | /schlüssel   | /b%c3%bccher/schl%C3%BCssel",
        "/bücher              | /鍵/🔑        | /b%C3%BCcher/%E9%8D%B5/%F0%9F%94%91",
        "/100%                | /100%        | /100%25/100%25",
        "/100%2               | /x           | /100%252/x",
        "/a+b,c=d@e:f~g       | /(h)*!$&'i'  | /a+b,c=d@e:f~g/(h)*!$&'i'",
        "/a?b#c[d]e\\f^g`h{i} | /j;k\"l<m>n  | "
            + "/a%3Fb%23c%5Bd%5De%5Cf%5Eg%60h%7Bi%7D/j%3Bk%22l%3Cm%3En"
      },
      quoteCharacter = '~')
  void isAPathOfAUri(String context, String servlet, String path) {
    HttpServletRequest request = Requests.with(Map.of());
    when(request.getContextPath()).thenReturn(context.equals("''") ? "" : context);
    when(request.getServletPath()).thenReturn(servlet.equals("''") ? "" : servlet);
    String expected = path.equals("''") ? "" : path;
    assertThat(Mount.path(request)).isEqualTo(expected);
    assertThat(URI.create(expected).getRawPath()).isEqualTo(expected);
  }

  /** As a real container has it. */
  @ParameterizedTest
  @CsvSource({"/, /api-keys", "/shop, /my keys", "/shop, /schlüssel bund"})
  void locationLeadsToTheKey(String context, String servlet) throws Exception {
    String mount = (context.equals("/") ? "" : context) + servlet;
    String path = encoded(mount);
    try (AdminServer server = new AdminServer().start(context, servlet + "/*", Map.of())) {
      RawAnswer added = server.json("POST", path, "{}");
      assertThat(added.status()).isEqualTo(201);
      String location = added.header("Location");
      assertThat(location).matches("[!-~]+");
      assertThat(URI.create(location).getPath()).isEqualTo(mount + "/" + added.member("tag"));
      assertThat(server.get(location).member("tag")).isEqualTo(added.member("tag"));
      String reissued = server.json("POST", location + "/reissue", "{}").header("Location");
      assertThat(server.get(reissued).status()).isEqualTo(200);
      assertThat(server.get(path, "Accept: text/html").text())
          .contains("src=\"" + path + "/api-key-menu.js\"");
    }
  }

  private static String encoded(String path) throws URISyntaxException {
    return new URI(null, null, path, null).toASCIIString();
  }

  @Test
  void loginPageIsUnderTheContextPath() throws Exception {
    try (AdminServer server =
        new AdminServer().start("/shop", "/api-keys/*", Map.of("loginPage", "/log-in"))) {
      assertThat(server.get("/shop/api-keys", "Accept: text/html").text())
          .contains("login-page=\"/shop/log-in\"");
    }
  }
}
