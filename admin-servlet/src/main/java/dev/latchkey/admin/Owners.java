package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKeyAdministration;
import dev.latchkey.manage.InvalidValueException;
import dev.latchkey.manage.OwnerStatus;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows owners to administrators, disables, enables and deletes them. A name is a parameter, since
 * it may hold what no path may.
 */
final class Owners {
  private static final String NAME = "name";
  private static final String DISABLED = "disabled";
  static final Set<String> OF_CHANGE = Set.of(DISABLED, Administration.REASON);

  private final Supplier<ApiKeys> apiKeys;
  private final Json json;

  Owners(Supplier<ApiKeys> apiKeys, Json json) {
    this.apiKeys = apiKeys;
    this.json = json;
  }

  private ApiKeyAdministration administration() {
    return apiKeys.get().administration();
  }

  void answer(Exchange exchange, Administrator by) throws IOException {
    Fields query = QueryParameters.read(exchange.request(), Set.of(NAME));
    String name = query.requiredText(NAME);
    query.check();
    try {
      switch (exchange.method()) {
        case "PUT" -> write(exchange, changed(exchange, by, name));
        case "DELETE" -> {
          administration().deleteOwner(by.actor(AnyKeys.reason(json, exchange)), name);
          exchange.response().setStatus(204);
        }
        default -> write(exchange, administration().owner(name));
      }
    } catch (InvalidValueException e) {
      throw e.field().equals("owner")
          ? new InvalidValueException(NAME, String.valueOf(e.getMessage()))
          : e;
    }
  }

  private OwnerStatus changed(Exchange exchange, Administrator by, String name) {
    Fields fields = new Fields(json.read(exchange.body(), RequestBody.JSON), OF_CHANGE);
    boolean isDisabled = fields.flag(DISABLED);
    if (!fields.has(DISABLED)) {
      fields.reject(DISABLED, "must be given");
    }
    Actor actor = by.actor(fields.text(Administration.REASON));
    fields.check();
    return isDisabled
        ? administration().disableOwner(actor, name)
        : administration().enableOwner(actor, name);
  }

  private void write(Exchange exchange, OwnerStatus status) throws IOException {
    json.write(exchange.response(), 200, new OwnerJson(status));
  }
}
