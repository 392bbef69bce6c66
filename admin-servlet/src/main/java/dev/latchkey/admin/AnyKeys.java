package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKey;
import dev.latchkey.manage.ApiKeyAdministration;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.PageRequest;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists anybody's keys for administrators, and does with them what these may do. */
final class AnyKeys {
  private static final String OWNER = "owner";
  private static final String SERVICE = "service";
  static final Set<String> OF_ADD =
      with(RequestedKey.OF_ADD, OWNER, SERVICE, Administration.REASON);
  static final Set<String> OF_EDIT = with(RequestedKey.OF_EDIT, Administration.REASON);
  static final Set<String> OF_REISSUE = with(RequestedKey.OF_REISSUE, Administration.REASON);

  private final Supplier<ApiKeys> apiKeys;
  private final Json json;

  AnyKeys(Supplier<ApiKeys> apiKeys, Json json) {
    this.apiKeys = apiKeys;
    this.json = json;
  }

  private static Set<String> with(Set<String> names, String... more) {
    Set<String> all = new TreeSet<>(names);
    all.addAll(Set.of(more));
    return all;
  }

  private ApiKeyAdministration administration() {
    return apiKeys.get().administration();
  }

  void answer(Exchange exchange, Administrator by) throws IOException {
    if (exchange.route().target() == Route.Target.KEYS && exchange.isRead()) {
      list(exchange);
      return;
    }
    QueryParameters.checkNone(exchange.request());
    switch (exchange.method()) {
      case "POST" -> {
        if (exchange.route().target() == Route.Target.REISSUE) {
          reissue(exchange, by);
        } else {
          add(exchange, by);
        }
      }
      case "PATCH" -> edit(exchange, by);
      case "DELETE" -> delete(exchange, by);
      default -> write(exchange, administration().get(exchange.route().tag()));
    }
  }

  private void write(Exchange exchange, ApiKey key) throws IOException {
    json.write(exchange.response(), 200, KeyJson.of(key, apiKeys.get().service().now()));
  }

  private void list(Exchange exchange) throws IOException {
    Fields query = QueryParameters.read(exchange.request(), Filters.inPages(Filters.OF_KEYS));
    KeyFilter filter = Filters.ofKeys(query);
    PageRequest page = Filters.page(query);
    query.check();
    json.write(
        exchange.response(),
        200,
        ListJson.ofKeys(administration().list(filter, page), apiKeys.get().service().now()));
  }

  private void add(Exchange exchange, Administrator by) throws IOException {
    Fields fields = new Fields(json.read(exchange.body(), RequestBody.JSON), OF_ADD);
    String owner = fields.requiredText(OWNER);
    boolean isService = fields.flag(SERVICE);
    RequestedKey key = RequestedKey.read(fields);
    Actor actor = by.actor(fields.text(Administration.REASON));
    fields.check();
    by.checkMayMake(owner);
    if (isService) {
      by.checkMayMakeServices();
    }
    json.writeNew(
        exchange,
        isService
            ? administration().addForService(actor, owner, key.request())
            : administration().add(actor, owner, key.request()));
  }

  private void edit(Exchange exchange, Administrator by) throws IOException {
    Fields fields = new Fields(json.read(exchange.body(), RequestBody.JSON_OR_PATCH), OF_EDIT);
    RequestedKey edit = RequestedKey.read(fields);
    Actor actor = by.actor(fields.text(Administration.REASON));
    fields.check();
    String tag = exchange.route().tag();
    String owner = administration().get(tag).owner();
    if (!edit.request().validity().isDefault()) {
      by.checkMayChooseExpiry(owner);
    }
    write(
        exchange,
        by.mayWiden(owner)
            ? administration().edit(actor, tag, edit.request())
            : administration().narrow(actor, tag, edit.request()));
  }

  private void reissue(Exchange exchange, Administrator by) throws IOException {
    Fields fields = new Fields(json.readOptional(exchange.body(), RequestBody.JSON), OF_REISSUE);
    RequestedKey reissue = RequestedKey.read(fields);
    Actor actor = by.actor(fields.text(Administration.REASON));
    fields.check();
    String tag = exchange.route().tag();
    by.checkMayMake(administration().get(tag).owner());
    json.writeNew(
        exchange, administration().reissue(actor, tag, reissue.request(), reissue.grace()));
  }

  private void delete(Exchange exchange, Administrator by) {
    Actor actor = by.actor(reason(json, exchange));
    administration().delete(actor, exchange.route().tag());
    exchange.response().setStatus(204);
  }

  /** Returns why something is deleted, which the body may say. */
  static @Nullable String reason(Json json, Exchange exchange) {
    Fields fields =
        new Fields(
            json.readOptional(exchange.body(), RequestBody.JSON), Set.of(Administration.REASON));
    String reason = fields.text(Administration.REASON);
    fields.check();
    return reason;
  }
}
