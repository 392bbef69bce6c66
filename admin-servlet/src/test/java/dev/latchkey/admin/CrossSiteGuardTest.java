package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.test.Requests;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class CrossSiteGuardTest {
  private static final CrossSiteGuard GUARD = new CrossSiteGuard(Set.of(), System::nanoTime);

  private final Map<String, List<String>> fields = new HashMap<>();

  /** A request that came to a server under a name: {@code scheme://host:port}. */
  private HttpServletRequest at(String server) {
    HttpServletRequest request = Requests.with(fields);
    String scheme = server.replaceAll("://.*", "");
    when(request.getScheme()).thenReturn(scheme);
    when(request.isSecure()).thenReturn(scheme.equals("https"));
    when(request.getServerName()).thenReturn(server.replaceAll(".*://|:\\d+$", ""));
    when(request.getServerPort()).thenReturn(Integer.parseInt(server.replaceAll(".*:", "")));
    return request;
  }

  private boolean mayChange(CrossSiteGuard guard, String server) {
    try {
      guard.check(at(server));
      return true;
    } catch (ProblemException e) {
      assertThat(e.type()).isEqualTo(ProblemType.CROSS_SITE_REQUEST);
      return false;
    }
  }

  /** What a container says of a server that it does not know by the name in the Host field. */
  private static final String ELSEWHERE = "http://10.0.0.1:8080";

  @ParameterizedTest
  @CsvSource({
    "http://shop.example, shop.example",
    "http://shop.example, shop.example:80",
    "http://shop.example, shop.example:",
    "http://shop.example:80, shop.example",
    "http://shop.example:8080, shop.example:8080",
    "http://shop.example:8080, shop.example:08080",
    // TLS ended at a proxy that passes the Host on
    "https://shop.example, shop.example",
    "https://shop.example, shop.example:443",
    "https://shop.example:443, shop.example",
    "https://shop.example:8443, shop.example:8443",
    // case
    "HTTPS://Shop.EXAMPLE, sHOP.example",
    // a trailing dot
    "https://shop.example., shop.example",
    "https://shop.example, shop.example.",
    "https://shop.example.:8443, shop.example.:8443",
    // what java.net.URI takes for no host
    "http://my_shop, my_shop",
    "http://my_shop.example:8080, my_shop.example:8080",
    "http://_shop, _shop",
    "http://shop-, shop-",
    "http://-shop.example, -shop.example",
    "http://shop.1, shop.1",
    "http://1.2.3.4.5, 1.2.3.4.5",
    "http://shop..example, shop..example",
    "http://a--b.example, a--b.example",
    // addresses
    "http://127.0.0.1:8080, 127.0.0.1:8080",
    "http://[::1], [::1]",
    "http://[::1]:8080, [::1]:8080",
    "http://[::1]:8080, [0:0:0:0:0:0:0:1]:8080",
    "http://[2001:db8::a], [2001:0DB8:0:0::000A]:80",
    "http://[2001:DB8::A]:8080, [2001:db8:0:0:0:0:0:a]:8080",
    "http://[::ffff:192.0.2.1], [::ffff:c000:201]",
    "http://[64:ff9b::192.0.2.1], [64:ff9b::c000:201]",
    // other letters
    "https://xn--bcher-kva.example, xn--bcher-kva.example",
    "https://xn--bcher-kva.example, XN--BCHER-KVA.example",
    "https://bücher.example, bücher.example",
    "https://xn--bcher-kva.example, bücher.example",
    "https://xn--bcher-kva.example:8443, BÜCHER.example.:8443",
    "https://bücher.example, xn--bcher-kva.example",
    "https://xn--bcher-kva.example, bücher。example",
    "https://straße.example, straße.example",
    "https://Größe.example:8443, GRößE.example:8443",
    "http://日本.example, xn--wgv71a.example",
    "http://日_本.example, 日_本.example"
  })
  void theHostInAnySpellingIsTheOwnSite(String origin, String host) {
    fields.put("Origin", List.of(origin));
    fields.put("Host", List.of(host));
    assertThat(mayChange(GUARD, ELSEWHERE)).as(origin + " at " + host).isTrue();
    // as most containers read what is not ASCII
    fields.put("Host", List.of(asIso(host)));
    assertThat(mayChange(GUARD, ELSEWHERE)).as(origin + " at " + asIso(host)).isTrue();
    fields.put("Origin", List.of(asIso(origin)));
    assertThat(mayChange(GUARD, ELSEWHERE)).as(asIso(origin) + " at " + host).isTrue();
  }

  private static String asIso(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** As a container has it by HTTP/2's authority, or mended by what a proxy says. */
  @ParameterizedTest
  @CsvSource({
    "http://shop.example, http://shop.example:80",
    "https://shop.example, http://shop.example:80",
    "https://shop.example, https://shop.example:443",
    "https://shop.example, http://shop.example:443",
    "https://shop.example:8443, https://shop.example:8443",
    "https://shop.example:8443, http://shop.example:8443",
    "https://My_Shop.example, https://my_shop.example:443",
    "https://shop.example, https://shop.example.:443",
    "http://[::1]:8080, http://::1:8080",
    "http://[::1]:8080, http://[::1]:8080",
    "http://[::1]:8080, http://0:0:0:0:0:0:0:1:8080",
    "https://xn--bcher-kva.example, https://bücher.example:443"
  })
  void containersServerNameIsTheOwnSite(String origin, String server) {
    fields.put("Origin", List.of(origin));
    assertThat(mayChange(GUARD, server)).as("without Host").isTrue();
    fields.put("Host", List.of("upstream:8080"));
    assertThat(mayChange(GUARD, server)).as("with a Host of the proxy's").isTrue();
    fields.put("Host", List.of("no host"));
    assertThat(mayChange(GUARD, server)).as("with a Host that is none").isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "null",
        "''",
        "https://evil.example",
        // another port
        "http://shop.example",
        "http://shop.example:8081",
        "https://shop.example",
        "http://shop.example:80808",
        "http://shop.example:808",
        "http://shop.example:",
        "http://shop.example:8080:8080",
        "http://shop.example:8080x",
        "http://shop.example:+8080",
        "http://shop.example:٨٠٨٠",
        // another scheme
        "ftp://shop.example:8080",
        "ws://shop.example:8080",
        "file://shop.example:8080",
        "chrome-extension://shop.example:8080",
        "httpsx://shop.example:8080",
        "//shop.example:8080",
        "://shop.example:8080",
        "shop.example:8080",
        "http:shop.example:8080",
        "http:/shop.example:8080",
        "http:///shop.example:8080",
        // suffixes and prefixes
        "http://shop.example.evil.example:8080",
        "http://evil-shop.example:8080",
        "http://x.shop.example:8080",
        "http://example:8080",
        "http://shop.example..:8080",
        "http://.shop.example:8080",
        "http://shop.example。evil.example:8080",
        // other parts of a URL
        "http://shop.example:8080/",
        "http://shop.example:8080/x",
        "http://shop.example:8080?x",
        "http://shop.example:8080#x",
        "http://shop.example:8080@evil.example",
        "http://shop.example@evil.example:8080",
        "http://evil.example@shop.example:8080",
        "http://x:y@shop.example:8080",
        "http://@shop.example:8080",
        "http://evil.example\\@shop.example:8080",
        "http://evil.example\\.shop.example:8080",
        "http://evil.example/shop.example:8080",
        "http://evil.example#shop.example:8080",
        "http://evil.example%00shop.example:8080",
        "http://shop%2eexample:8080",
        // white space and lists
        " http://shop.example:8080",
        "http://shop.example:8080 ",
        "http://shop.example:8080 http://evil.example",
        "http://evil.example http://shop.example:8080",
        "http://shop.example :8080",
        "'http://shop.example:8080,http://shop.example:8080'",
        "http://*:8080",
        "http://*.example:8080",
        "*",
        // what turns into something else
        "http://shop.example\u0000:8080",
        "http://shop\u2024example:8080x",
        "http://evil.example\uff0f.shop.example:8080",
        "http://[::1:8080",
        "http://::1:8080",
        "http://[shop.example]:8080",
        "http://[",
        "http://",
        "http://:8080"
      })
  void anythingElseIsAnotherSite(String origin) {
    fields.put("Origin", List.of(origin));
    fields.put("Host", List.of("shop.example:8080"));
    assertThat(mayChange(GUARD, "http://shop.example:8080")).as(origin).isFalse();
  }

  /** Host, origin and server, where the first two have something in common, but not enough. */
  @ParameterizedTest
  @CsvSource({
    // said ports are said
    "shop.example:80, https://shop.example, http://shop.example:80",
    "shop.example:443, http://shop.example, http://shop.example:443",
    "shop.example, http://shop.example:443, http://shop.example:80",
    "shop.example, https://shop.example:80, http://shop.example:80",
    "shop.example, http://shop.example:8080, http://shop.example:80",
    // it came by TLS: so does its page
    "shop.example, http://shop.example, https://shop.example:443",
    "shop.example:8443, http://shop.example:8443, https://shop.example:8443",
    "shop.example:443, http://shop.example:443, https://shop.example:443",
    // addresses that are not the same
    "127.0.0.1, 'http://[::ffff:127.0.0.1]', http://127.0.0.1:80",
    "'[::ffff:127.0.0.1]', http://127.0.0.1, http://10.0.0.1:80",
    "'[::1]', 'http://[::2]', http://10.0.0.1:80",
    "127.0.0.1, http://127.0.0.2, http://127.0.0.1:80",
    "'[::1%25lo]', 'http://[::1]', http://10.0.0.1:80",
    // letters that are not the same
    "straße.example, http://strasse.example, http://10.0.0.1:80",
    "bücher.example, http://bucher.example, http://10.0.0.1:80",
    "xn--bcher-kva.example, http://bcher-kva.example, http://10.0.0.1:80",
    // a Host that is none
    "'shop.example,shop.example', http://shop.example, http://10.0.0.1:80",
    "'evil.example@shop.example', http://shop.example, http://10.0.0.1:80",
    "'shop.example/x', http://shop.example, http://10.0.0.1:80",
    "'', http://shop.example, http://10.0.0.1:80"
  })
  void almostTheOwnSiteIsAnother(String host, String origin, String server) {
    fields.put("Host", List.of(host));
    fields.put("Origin", List.of(origin));
    assertThat(mayChange(GUARD, server)).isFalse();
  }

  @Test
  void repeatedOriginIsRejected() {
    fields.put("Host", List.of("shop.example"));
    fields.put("Origin", List.of("http://shop.example", "http://shop.example"));
    assertThat(mayChange(GUARD, "http://shop.example:80")).isFalse();
  }

  @Test
  void requestWithoutEitherHeaderPasses() {
    fields.put("Host", List.of("shop.example"));
    assertThat(mayChange(GUARD, "http://shop.example:80")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, true",
    "none, true",
    "same-site, false",
    "cross-site, false",
    "Same-Origin, false",
    "'', false",
    "'same-origin, cross-site', false"
  })
  void fetchMetadataOverridesOrigin(String site, boolean may) {
    fields.put("Host", List.of("shop.example"));
    fields.put("Sec-Fetch-Site", List.of(site));
    assertThat(mayChange(GUARD, "http://shop.example:80")).isEqualTo(may);
    for (String origin : List.of("http://shop.example", "https://elsewhere.example", "null")) {
      fields.put("Origin", List.of(origin));
      assertThat(mayChange(GUARD, "http://shop.example:80")).as(origin).isEqualTo(may);
    }
    fields.put("Sec-Fetch-Site", List.of("same-origin", "cross-site"));
    assertThat(mayChange(GUARD, "http://shop.example:80")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example, https://shop.example, true",
    "https://shop.example, HTTPS://Shop.Example:443, true",
    "https://shop.example:443, https://shop.example, true",
    "https://shop.example, https://shop.example., true",
    "https://shop.example, http://shop.example, false",
    "https://shop.example, https://shop.example:8443, false",
    "https://shop.example, https://x.shop.example, false",
    "https://shop.example, https://shop.example/, false",
    "https://shop.example, null, false",
    "'https://a.example , http://b.example:8080', http://b.example:8080, true",
    "'https://a.example,http://b.example:8080', https://b.example:8080, false",
    "https://bücher.example, https://xn--bcher-kva.example, true",
    "http://my_shop:8080, http://my_shop:8080, true",
    "'http://[::1]:8080', 'http://[0:0::1]:8080', true",
    "capacitor://localhost, capacitor://localhost, true",
    "capacitor://localhost, ionic://localhost, false",
    "capacitor://localhost, capacitor://localhost:80, false"
  })
  void trustedOriginOverridesFetchMetadata(String trusted, String origin, boolean may)
      throws Exception {
    CrossSiteGuard guard = CrossSiteGuard.trusting(trusted);
    fields.put("Host", List.of("upstream:8080"));
    fields.put("Origin", List.of(origin));
    assertThat(mayChange(guard, ELSEWHERE)).isEqualTo(may);
    for (String site : List.of("cross-site", "same-site")) {
      fields.put("Sec-Fetch-Site", List.of(site));
      assertThat(mayChange(guard, ELSEWHERE)).isEqualTo(may);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "*",
        "https://*",
        "https://*.example",
        "https://shop.*",
        "*://shop.example",
        "shop.example",
        "shop.example:443",
        "//shop.example",
        "https:shop.example",
        "https://",
        "https://shop.example/",
        "https://shop.example/x",
        "https://shop.example?x",
        "https://shop.example#x",
        "https://x@shop.example",
        "https://shop.example:",
        "https://shop.example:x",
        "https://shop.example:*",
        "https://shop.example:123456",
        "https://shop.example:65536",
        "https://shop example",
        "https://[::x]",
        "https://a.example https://b.example",
        "https://a.example;https://b.example",
        "https://a.example,",
        ",https://a.example",
        "https://a.example,,https://b.example",
        "https://a.example,null"
      })
  void badTrustedOriginStopsTheStartByName(String trusted) {
    assertThatThrownBy(() -> CrossSiteGuard.trusting(trusted))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("trustedOrigins");
  }

  @Test
  void wrongInitParamStopsTheStart() {
    AdminServer server = new AdminServer();
    assertThatThrownBy(() -> server.start(Map.of("trustedOrigins", "https://*.example")))
        .hasMessageContaining("trustedOrigins");
  }

  @Test
  void refusalIsLoggedOnOneLineOnceAMinute() {
    Logger logger = (Logger) LoggerFactory.getLogger(CrossSiteGuard.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may overflow
      CrossSiteGuard guard = new CrossSiteGuard(Set.of(), nanos::get);
      fields.put("Origin", List.of("https://shop.example\r\nforged \u202e\u0085\"\\é"));
      fields.put("Host", List.of("h".repeat(5000)));
      assertThat(mayChange(guard, ELSEWHERE)).isFalse();
      assertThat(mayChange(guard, ELSEWHERE)).isFalse();
      nanos.addAndGet(Duration.ofSeconds(59).toNanos());
      assertThat(mayChange(guard, ELSEWHERE)).isFalse();
      assertThat(logged.list).hasSize(1);
      assertThat(logged.list.get(0).getLevel()).isEqualTo(Level.WARN);
      assertThat(logged.list.get(0).getFormattedMessage())
          .startsWith("Latchkey: ")
          .contains(
              "Origin \"https://shop.example\\u000d\\u000aforged \\u202e\\u0085\\u0022\\u005c\\u00e9\"")
          .contains("Sec-Fetch-Site (none)")
          .contains("Host \"" + "h".repeat(100) + "...\"")
          .contains("server \"10.0.0.1:8080\"")
          .contains("trustedOrigins")
          .matches("[ -~]{1,600}");

      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      fields.put("Sec-Fetch-Site", List.of("cross-site"));
      assertThat(mayChange(guard, ELSEWHERE)).isFalse();
      assertThat(logged.list).hasSize(2);
      assertThat(logged.list.get(1).getFormattedMessage())
          .contains("Sec-Fetch-Site \"cross-site\"");
    } finally {
      logger.detachAppender(logged);
    }
  }
}
