package dev.latchkey.test;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.TreeMap;

/** Calls one server over HTTP/1.1 as one browser or program does: with cookies of its own. */
public final class HttpCaller {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1) // and no offer of another with each request
          .cookieHandler(new CookieManager())
          .build();
  private final URI base;
  private final Map<String, String> headers;

  /** A caller of the server at an address that ends with a slash. */
  public HttpCaller(URI base) {
    this(base, Map.of());
  }

  private HttpCaller(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  /** Returns another caller, all of whose requests carry a header. */
  public HttpCaller with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new HttpCaller(base, more);
  }

  /** Begins a request. */
  public HttpCall call(String method, String path) {
    HttpCall call = new HttpCall(client, base.resolve(path), method);
    headers.forEach(call::header);
    return call;
  }

  /** Begins a GET. */
  public HttpCall get(String path) {
    return call("GET", path);
  }
}
