package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.ApiKeyService;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.PageRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;

/** Answers what users ask about their own keys, on the page and over REST. */
final class OwnKeys {
  private final Supplier<ApiKeys> apiKeys;
  private final Json json;
  private final Page page;
  private final AdministratorRoles roles;

  OwnKeys(Supplier<ApiKeys> apiKeys, Json json, Page page, AdministratorRoles roles) {
    this.apiKeys = apiKeys;
    this.json = json;
    this.page = page;
    this.roles = roles;
  }

  private ApiKeyService service() {
    return apiKeys.get().service();
  }

  void answer(Exchange exchange, KeyOwner owner) throws IOException {
    switch (exchange.route().target()) {
      case KEYS -> {
        if (exchange.isRead()) {
          showAll(exchange, owner);
        } else {
          add(exchange, owner);
        }
      }
      case KEY -> {
        switch (exchange.method()) {
          case "PATCH" -> edit(exchange, owner);
          case "DELETE" -> delete(exchange, owner);
          default -> show(exchange, owner);
        }
      }
      case REISSUE -> reissue(exchange, owner);
      case EVENTS -> events(exchange, owner);
      default -> throw new IllegalStateException(exchange.toString());
    }
  }

  private void showAll(Exchange exchange, KeyOwner owner) throws IOException {
    exchange.response().setHeader("Vary", "Accept");
    if (exchange.isForPage()) {
      page.writeOwn(
          exchange.request(), exchange.response(), roles.includeCaller(exchange.request()));
      return;
    }
    // The page names the user, also one without a key.
    exchange.response().setHeader("API-Key-Owner", percentEncoded(owner.name()));
    Instant now = service().now();
    json.write(
        exchange.response(),
        200,
        new KeysJson(
            service().list(owner).stream().map(key -> KeyJson.of(key, now)).toList(),
            new PolicyJson(
                service().policy(owner),
                owner.loginEndsAt().map(service()::sessionExpiry).orElse(null))));
  }

  private static String percentEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void show(Exchange exchange, KeyOwner owner) throws IOException {
    ApiKey key = service().get(owner, exchange.route().tag());
    json.write(exchange.response(), 200, KeyJson.of(key, service().now()));
  }

  private void add(Exchange exchange, KeyOwner owner) throws IOException {
    RequestedKey add =
        RequestedKey.read(json.read(exchange.body(), RequestBody.JSON), RequestedKey.OF_ADD);
    json.writeNew(exchange, service().add(owner, add.request()));
  }

  private void edit(Exchange exchange, KeyOwner owner) throws IOException {
    RequestedKey edit =
        RequestedKey.read(
            json.read(exchange.body(), RequestBody.JSON_OR_PATCH), RequestedKey.OF_EDIT);
    ApiKey edited = service().edit(owner, exchange.route().tag(), edit.request());
    json.write(exchange.response(), 200, KeyJson.of(edited, service().now()));
  }

  private void reissue(Exchange exchange, KeyOwner owner) throws IOException {
    RequestedKey reissue =
        RequestedKey.read(
            json.readOptional(exchange.body(), RequestBody.JSON), RequestedKey.OF_REISSUE);
    json.writeNew(
        exchange,
        service().reissue(owner, exchange.route().tag(), reissue.request(), reissue.grace()));
  }

  private void delete(Exchange exchange, KeyOwner owner) {
    service().delete(owner, exchange.route().tag());
    exchange.response().setStatus(204);
  }

  private void events(Exchange exchange, KeyOwner owner) throws IOException {
    Fields query = QueryParameters.read(exchange.request(), Filters.inPages(Filters.OF_OWN_EVENTS));
    EventFilter filter = Filters.ofEvents(query);
    PageRequest wanted = Filters.page(query);
    query.check();
    json.write(
        exchange.response(), 200, ListJson.ofEvents(service().events(owner, filter, wanted)));
  }
}
