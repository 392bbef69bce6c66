package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over HTTP/2, which has an authority and need not have a Host. */
class Http2Test {
  @Test
  void ownOriginMayChangeKeys() throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of())) {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
      URI keys = URI.create("http://127.0.0.1:" + server.port() + "/api-keys");
      HttpRequest list = HttpRequest.newBuilder(keys).header("X-User", "alice").build();
      client.send(list, BodyHandlers.ofString()); // upgrades the connection
      for (String[] originAndStatus :
          new String[][] {
            {"http://127.0.0.1:" + server.port(), "201"},
            {"http://127.0.0.1", "403"},
            {"http://localhost:" + server.port(), "403"},
            {"http://evil.example", "403"},
            {"null", "403"}
          }) {
        var answer =
            client.send(
                HttpRequest.newBuilder(keys)
                    .header("X-User", "alice")
                    .header("Origin", originAndStatus[0])
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(String.valueOf(answer.statusCode()))
            .as(originAndStatus[0])
            .isEqualTo(originAndStatus[1]);
      }
    }
  }

  /** As a proxy sends it that ended TLS, or HTTP/1.1, before us. */
  @ParameterizedTest
  @CsvSource({
    "shop.example, https://shop.example, 201",
    "shop.example, http://shop.example, 201",
    "shop.example:443, https://shop.example, 201",
    "shop.example:8443, https://shop.example:8443, 201",
    "SHOP.example., https://shop.example, 201",
    "my_shop, https://my_shop, 201",
    "'[::1]:8443', 'https://[0:0::1]:8443', 201",
    "shop.example, https://shop.example:8443, 403",
    "shop.example:8443, https://shop.example, 403",
    "shop.example, https://shop.example.evil.example, 403"
  })
  void authorityIsTheOwnSite(String authority, String origin, int status) throws Exception {
    try (AdminServer server = new AdminServer().start(Map.of())) {
      HTTP2Client client = new HTTP2Client();
      client.start();
      try {
        assertThat(add(client, server.port(), authority, origin)).isEqualTo(status);
      } finally {
        client.stop();
      }
    }
  }

  private static int add(HTTP2Client client, int port, String authority, String origin)
      throws Exception {
    Session session =
        client
            .connect(new InetSocketAddress("127.0.0.1", port), new Session.Listener() {})
            .get(20, TimeUnit.SECONDS);
    HttpFields fields =
        HttpFields.build()
            .add("X-User", "alice")
            .add("Origin", origin)
            .add("Content-Type", "application/json");
    MetaData.Request request =
        new MetaData.Request(
            "POST",
            HttpURI.build().scheme("http").authority(authority).path("/api-keys"),
            HttpVersion.HTTP_2,
            fields);
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Promise.Completable<Stream> opened = new Promise.Completable<>();
    session.newStream(
        new HeadersFrame(request, null, false),
        opened,
        new Stream.Listener() {
          @Override
          public void onHeaders(Stream stream, HeadersFrame frame) {
            status.complete(((MetaData.Response) frame.getMetaData()).getStatus());
          }

          @Override
          public void onReset(Stream stream, ResetFrame frame, Callback callback) {
            status.complete(-frame.getError());
            callback.succeeded();
          }
        });
    Stream stream = opened.get(20, TimeUnit.SECONDS);
    stream.data(
        new DataFrame(
            stream.getId(), ByteBuffer.wrap("{}".getBytes(StandardCharsets.US_ASCII)), true));
    return status.get(20, TimeUnit.SECONDS);
  }
}
