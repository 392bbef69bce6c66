package dev.latchkey.boot.starter;

import static dev.latchkey.boot.starter.BooksContract.assertIsOurs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.starter.Browser.Key;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application below a path that URLs encode, behind a proxy. */
class BehindAProxyTest {
  private static final String CONTEXT = "/b%C3%BCcher%20laden";

  private static Books books;
  private static Browser alice;

  @BeforeAll
  static void start() throws Exception {
    books =
        Books.start(
            "server.servlet.context-path=/bücher laden",
            "server.servlet.session.cookie.path=/", // java.net decodes paths, but not a cookie's
            "server.forward-headers-strategy=framework",
            "latchkey.max-keys-per-user=2");
    alice = books.browser(CONTEXT).login("alice");
  }

  @AfterAll
  static void stop() {
    books.close();
  }

  private static String member(String name, HttpResponse<String> response) {
    return response.body().replaceAll("(?s).*?\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void aUserAddsListsEditsAndDeletesAKey() throws Exception {
    HttpResponse<String> added = alice.addKey();
    Key key = Browser.key(added);
    String tag = member("tag", added);
    assertThat(added.headers().firstValue("Location")).contains(CONTEXT + "/api-keys/" + tag);
    assertThat(books.browser(CONTEXT).get("/api/me", key).body()).contains("\"alice\"");

    assertThat(alice.get("/api-keys").body()).contains("\"tag\":\"" + tag + "\"");
    String place = "/api-keys/" + tag;
    String[] json = {"Content-Type", "application/json", "Sec-Fetch-Site", "same-origin"};
    HttpResponse<String> edited =
        alice.send("PATCH", place, "{\"description\":\"weekly\",\"expiresInDays\":7}", json);
    assertThat(member("description", edited)).isEqualTo("weekly");

    assertThat(alice.send("DELETE", place, null, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(204);
    assertIsOurs(books.browser(CONTEXT).get("/api/me", key), 401, "invalid-key");
    assertThat(alice.get(place).statusCode()).isEqualTo(404);
  }

  /** Where Boot takes the host from what the proxy says, the guard does, too. */
  @Test
  void aSiteBehindAProxyIsTheOwn() throws Exception {
    String[] headers = {
      "Content-Type",
      "application/json",
      "X-Forwarded-Host",
      "shop.example",
      "X-Forwarded-Proto",
      "https",
      "Origin",
      "https://shop.example"
    };
    assertThat(alice.send("POST", "/api-keys", "{}", headers).statusCode()).isEqualTo(201);
    headers[7] = "https://evil.example";
    assertIsOurs(alice.send("POST", "/api-keys", "{}", headers), 403, "cross-site-request");
  }
}
