package dev.latchkey.servlet;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.manage.IssuedKey;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import dev.latchkey.manage.Validity;
import dev.latchkey.test.HeaderLogin;
import dev.latchkey.test.HttpCaller;
import dev.latchkey.test.WebServer;
import dev.latchkey.test.WhoAmIServlet;
import java.util.Map;

/** The filter in front of an API, as an application mounts it. */
final class FilterServer implements AutoCloseable {
  private final ApiKeys apiKeys;
  private final WebServer server = new WebServer("/");

  FilterServer(ApiKeysConfig.Builder settings) throws Exception {
    apiKeys = ApiKeys.open(settings.set("roles", "user").build());
    try {
      server
          .with("/*", new HeaderLogin())
          .with("/api/*", new ApiKeyFilter(apiKeys))
          .with("/api/whoami", new WhoAmIServlet("user", "admin"), Map.of())
          .start();
    } catch (Exception e) {
      apiKeys.close();
      throw e;
    }
  }

  HttpCaller caller() {
    return new HttpCaller(server.uri());
  }

  /** Adds a key that is valid for 30 days. */
  IssuedKey add(String owner) {
    return apiKeys
        .service()
        .add(
            KeyOwner.of(owner),
            KeyRequest.create()
                .withDescription("nightly export")
                .withValidity(Validity.ofDays(30)));
  }

  void delete(IssuedKey key) {
    apiKeys.service().delete(KeyOwner.of(key.key().owner()), key.key().tag());
  }

  void disable(String owner) {
    apiKeys.ownerDisabled(owner);
  }

  void enable(String owner) {
    apiKeys.ownerEnabled(owner);
  }

  void forget(String owner) {
    apiKeys.ownerDeleted(owner);
  }

  @Override
  public void close() {
    server.close();
    apiKeys.close();
  }
}
