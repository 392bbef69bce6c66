package dev.latchkey.test.caller;

import dev.latchkey.test.Answer;
import dev.latchkey.test.HttpCall;
import dev.latchkey.test.HttpCaller;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A caller of the example, with cookies of its own. */
public final class Client {
  private final HttpCaller caller;

  /** A caller of a server. */
  public Client(URI base) {
    caller = new HttpCaller(base);
  }

  /** A client that has logged in. */
  public static Client loggedIn(URI base, String user) {
    Client client = new Client(base);
    Answer answer = client.login(user, user);
    if (answer.status() != 303) {
      throw new AssertionError("login answered " + answer.status());
    }
    return client;
  }

  /** Sends the form of the login page. */
  public Answer login(String user, String password) {
    return call("POST", "login")
        .body(
            "username=%s&password=%s".formatted(user, password),
            "application/x-www-form-urlencoded")
        .send();
  }

  /** Begins a request. */
  public HttpCall call(String method, String path) {
    return caller.call(method, path);
  }

  /** Sends a request with a body, if there is one, that it says nothing of. */
  public Answer send(String method, String path, @Nullable String body) {
    HttpCall call = call(method, path);
    return (body == null ? call : call.body(body)).send();
  }

  public Answer get(String path) {
    return call("GET", path).send();
  }

  public Answer json(String method, String path, String body) {
    return call(method, path).json(body).send();
  }

  /** Calls the API with a key. */
  public Answer whoami(String key) {
    return call("GET", "api/whoami").bearer(key).send();
  }

  public Answer add(String body) {
    return json("POST", "api-keys", body);
  }
}
