package dev.latchkey.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A request in the making; {@link #send} sends it. */
public final class HttpCall {
  private final HttpClient client;
  private final HttpRequest.Builder request;
  private final String method;
  private BodyPublisher body = BodyPublishers.noBody();

  HttpCall(HttpClient client, URI uri, String method) {
    this.client = client;
    this.request = HttpRequest.newBuilder(uri);
    this.method = method;
  }

  /** Adds a header field, beside those of the same name. */
  public HttpCall header(String name, String value) {
    request.header(name, value);
    return this;
  }

  /** Adds an API key. */
  public HttpCall bearer(String key) {
    return header("Authorization", "Bearer " + key);
  }

  /** Sets a body without saying what it is. */
  public HttpCall body(String text) {
    body = BodyPublishers.ofString(text);
    return this;
  }

  /** Sets a body and says what it is. */
  public HttpCall body(String text, String contentType) {
    return body(text).header("Content-Type", contentType);
  }

  /** Sets a body of JSON. */
  public HttpCall json(String text) {
    return body(text, "application/json");
  }

  /** Sends the request and waits for the answer. */
  public Answer send() {
    try {
      return new Answer(client.send(request.method(method, body).build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
