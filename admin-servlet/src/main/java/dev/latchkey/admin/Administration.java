package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import java.io.IOException;
import java.util.function.Supplier;

/** Answers what administrators ask about anybody's keys. */
final class Administration {
  static final String REASON = "reason";

  private final Supplier<ApiKeys> apiKeys;
  private final Json json;
  private final Page page;
  private final AnyKeys keys;
  private final BulkRevocations revocations;
  private final Owners owners;
  private final AllEvents events;

  Administration(Supplier<ApiKeys> apiKeys, Json json, Page page) {
    this.apiKeys = apiKeys;
    this.json = json;
    this.page = page;
    keys = new AnyKeys(apiKeys, json);
    revocations = new BulkRevocations(apiKeys, json);
    owners = new Owners(apiKeys, json);
    events = new AllEvents(apiKeys, json);
  }

  void answer(Exchange exchange, Administrator by) throws IOException {
    switch (exchange.route().target()) {
      case ADMINISTRATION -> show(exchange, by);
      case KEYS, KEY, REISSUE -> keys.answer(exchange, by);
      case REVOCATIONS -> revocations.revoke(exchange, by);
      case OWNER -> owners.answer(exchange, by);
      case EVENTS -> events.show(exchange);
      default -> throw new IllegalStateException(exchange.toString());
    }
  }

  /** Shows the page; to a script, what the page needs to know. */
  private void show(Exchange exchange, Administrator by) throws IOException {
    exchange.response().setHeader("Vary", "Accept");
    if (exchange.isForPage()) { // whose filters are in its own URL
      page.writeAdministration(exchange.request(), exchange.response(), by);
      return;
    }
    QueryParameters.checkNone(exchange.request());
    PolicyJson policy = new PolicyJson(apiKeys.get().service().policy(by.login()), null);
    json.write(exchange.response(), 200, new AdministratorJson(by, policy));
  }
}
