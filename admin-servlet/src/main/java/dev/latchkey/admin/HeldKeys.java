package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.internal.manage.HolderRevocations;
import dev.latchkey.manage.Actor;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Revokes keys for anybody who holds them. The answer does not tell which of them were live. */
final class HeldKeys {
  private static final String KEYS = "keys";
  private static final int MOST = 100;

  private final Supplier<ApiKeys> apiKeys;
  private final Json json;

  HeldKeys(Supplier<ApiKeys> apiKeys, Json json) {
    this.apiKeys = apiKeys;
    this.json = json;
  }

  void revoke(Exchange exchange) {
    QueryParameters.checkNone(exchange.request());
    Fields fields = new Fields(json.read(exchange.body(), RequestBody.JSON), Set.of(KEYS));
    List<String> keys = fields.texts(KEYS);
    if (keys == null || keys.isEmpty() || keys.size() > MOST) {
      fields.reject(KEYS, "must be a list of 1 to " + MOST + " strings");
    }
    fields.check();
    Actor holder = exchange.address().map(Actor.holder()::withAddress).orElse(Actor.holder());
    apiKeys.get().unwrap(HolderRevocations.class).revoke(keys == null ? List.of() : keys, holder);
    exchange.response().setStatus(202);
  }
}
