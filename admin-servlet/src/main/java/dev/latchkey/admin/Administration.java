package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import java.io.IOException;
import java.util.function.Supplier;

/** Answers what administrators ask about anybody's keys. */
final class Administration {
  static final String REASON = "reason";

  private final AnyKeys keys;
  private final BulkRevocations revocations;
  private final Owners owners;
  private final AllEvents events;

  Administration(Supplier<ApiKeys> apiKeys, Json json) {
    keys = new AnyKeys(apiKeys, json);
    revocations = new BulkRevocations(apiKeys, json);
    owners = new Owners(apiKeys, json);
    events = new AllEvents(apiKeys, json);
  }

  void answer(Exchange exchange, Administrator by) throws IOException {
    switch (exchange.route().target()) {
      case KEYS, KEY, REISSUE -> keys.answer(exchange, by);
      case REVOCATIONS -> revocations.revoke(exchange, by);
      case OWNER -> owners.answer(exchange, by);
      case EVENTS -> events.show(exchange);
      default -> throw new IllegalStateException(exchange.toString());
    }
  }
}
