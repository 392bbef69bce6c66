package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.test.Nginx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind a proxy, without Fetch Metadata, as browsers are on plain http. */
class BehindNginxTest {
  private static final String PUBLIC = "http://shop.example";

  @TempDir private Path folder;

  /** Adds a key by the page of an origin, whose own host a browser would send. */
  private static int add(Nginx proxy, String host, String origin) throws Exception {
    return RawAnswer.to(
            proxy.port(),
            "{}".getBytes(StandardCharsets.UTF_8),
            "POST /api-keys HTTP/1.1",
            "Host: " + host,
            AdminServer.USER,
            "Origin: " + origin,
            "Content-Type: application/json")
        .status();
  }

  /** What proxy_pass does by itself: the upstream's address as Host, and nothing else. */
  @Test
  void unknownHostNeedsATrustedOrigin() throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of());
        Nginx proxy = before(server, "")) {
      assertThat(add(proxy, "shop.example", PUBLIC)).isEqualTo(403);
    }
    try (AdminServer server =
            new AdminServer().start(Map.of("trustedOrigins", PUBLIC + ", https://shop.example"));
        Nginx proxy = before(server, "")) {
      assertThat(add(proxy, "shop.example", PUBLIC)).isEqualTo(201);
      assertThat(add(proxy, "shop.example", "https://shop.example")).isEqualTo(201);
      assertThat(add(proxy, "shop.example", "http://evil.example")).isEqualTo(403);
      assertThat(add(proxy, "shop.example", "null")).isEqualTo(403);
    }
  }

  @Test
  void forwardedHostIsTheOwn() throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of());
        Nginx proxy = before(server, "proxy_set_header Host $http_host;")) {
      for (String host : new String[] {"shop.example", "my_shop:8080", "[::1]:8080", "Shop."}) {
        assertThat(add(proxy, host, "http://" + host)).as(host).isEqualTo(201);
        assertThat(add(proxy, host, "http://evil.example")).as(host).isEqualTo(403);
      }
    }
  }

  /** The container takes the host from what the proxy says, whatever Host it sends. */
  @Test
  void hostCorrectedByTheContainerIsTheOwn() throws Exception {
    String forwarded =
        "proxy_set_header X-Forwarded-Host $http_host;"
            + "proxy_set_header X-Forwarded-Proto $http_x_test_proto;";
    try (AdminServer server = new AdminServer()) {
      server.http().addCustomizer(new ForwardedRequestCustomizer());
      server.start(Map.of());
      try (Nginx proxy = before(server, forwarded)) {
        assertThat(add(proxy, "shop.example", PUBLIC)).isEqualTo(201);
        // a proxy that does not say that its clients came by TLS
        assertThat(add(proxy, "shop.example", "https://shop.example")).isEqualTo(201);
        assertThat(add(proxy, "shop.example:8080", PUBLIC + ":8080")).isEqualTo(201);
        assertThat(add(proxy, "shop.example:8080", PUBLIC)).isEqualTo(403);
        assertThat(add(proxy, "shop.example", "http://evil.example")).isEqualTo(403);
        assertThat(addByTls(proxy, "https://shop.example")).isEqualTo(201);
        assertThat(addByTls(proxy, PUBLIC)).isEqualTo(403);
      }
    }
  }

  private static int addByTls(Nginx proxy, String origin) throws Exception {
    return RawAnswer.to(
            proxy.port(),
            "{}".getBytes(StandardCharsets.UTF_8),
            "POST /api-keys HTTP/1.1",
            "Host: shop.example",
            "X-Test-Proto: https",
            AdminServer.USER,
            "Origin: " + origin,
            "Content-Type: application/json")
        .status();
  }

  private Nginx before(AdminServer server, String more) throws Exception {
    return new Nginx(
        folder, "location / { proxy_pass http://127.0.0.1:%d; %s }".formatted(server.port(), more));
  }
}
