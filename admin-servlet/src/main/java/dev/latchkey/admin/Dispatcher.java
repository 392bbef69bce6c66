package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.internal.http.ProblemType;
import dev.latchkey.manage.KeyOwner;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Leads each request to what answers it, once it is known who asks, and that they may.
 *
 * <p>Thread-safe.
 */
final class Dispatcher {
  private final Supplier<ApiKeys> apiKeys;
  private final Logins logins;
  private final AdministratorRoles roles;
  private final CrossSiteGuard guard;
  private final OwnKeys own;
  private final Administration administration;
  private final HeldKeys held;
  private final Assets assets;

  Dispatcher(
      Supplier<ApiKeys> apiKeys,
      Json json,
      Page page,
      Assets assets,
      Logins logins,
      AdministratorRoles roles,
      CrossSiteGuard guard) {
    this.apiKeys = apiKeys;
    this.logins = logins;
    this.roles = roles;
    this.guard = guard;
    this.own = new OwnKeys(apiKeys, json, page, roles);
    this.administration = new Administration(apiKeys, json, page);
    this.assets = assets;
    this.held = new HeldKeys(apiKeys, json);
  }

  void answer(Exchange exchange) throws IOException {
    Route route = exchange.route();
    if (route.target().needsNoLogin() && route.target().takes(exchange.method())) {
      answerAnybody(exchange);
      return;
    }
    if (route.isAdministrative() && !roles.areSet()) {
      throw nothing();
    }
    KeyOwner owner = logins.owner(exchange);
    if (route.isAdministrative()) {
      Administrator administrator = roles.of(owner, exchange.request());
      if (isToBeAnswered(exchange)) {
        tellTime(exchange);
        administration.answer(exchange, administrator);
      }
    } else if (isToBeAnswered(exchange)) {
      tellTime(exchange);
      own.answer(exchange, owner);
    }
  }

  /** Tells scripts the time by the clock of expiry, which pages show. */
  private void tellTime(Exchange exchange) {
    if (!exchange.isForPage()) {
      exchange.response().setDateHeader("Date", apiKeys.get().service().now().toEpochMilli());
    }
  }

  private void answerAnybody(Exchange exchange) throws IOException {
    switch (exchange.route().target()) {
      case ASSET -> {
        Asset asset = assets.named(exchange.route().tag());
        if (asset == null) {
          throw nothing();
        }
        asset.write(exchange.request(), exchange.response());
      }
      case OPEN_API -> OpenApi.write(exchange.request(), exchange.response());
      default -> held.revoke(exchange);
    }
  }

  /** Returns false if all is said. */
  private boolean isToBeAnswered(Exchange exchange) {
    Route.Target target = exchange.route().target();
    if (target == Route.Target.NOTHING) {
      throw nothing();
    }
    if (exchange.method().equals("OPTIONS")) {
      exchange.response().setHeader("Allow", target.allow());
      exchange.response().setStatus(204);
      return false;
    }
    if (!target.takes(exchange.method())) {
      exchange.response().setHeader("Allow", target.allow());
      throw new ProblemException(
          ProblemType.METHOD_NOT_ALLOWED, "Allowed here: " + target.allow() + ".");
    }
    if (!exchange.isRead()) {
      guard.check(exchange.request());
    }
    return true;
  }

  private static ProblemException nothing() {
    return new ProblemException(ProblemType.NO_SUCH_KEY, "There is nothing at this path.");
  }
}
