package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.ApiKeyAdministration;
import dev.latchkey.manage.KeyFilter;
import dev.latchkey.manage.RevokedKeys;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Revokes keys for administrators: one by its text or its hash, or many by a filter. */
final class BulkRevocations {
  private static final String KEY = "key";
  private static final String SHA256 = "sha256";
  private static final String FILTER = "filter";
  private static final String DRY_RUN = "dryRun";
  static final Set<String> MEMBERS = Set.of(KEY, SHA256, FILTER, DRY_RUN, Administration.REASON);

  private final Supplier<ApiKeys> apiKeys;
  private final Json json;

  BulkRevocations(Supplier<ApiKeys> apiKeys, Json json) {
    this.apiKeys = apiKeys;
    this.json = json;
  }

  void revoke(Exchange exchange, Administrator by) throws IOException {
    QueryParameters.checkNone(exchange.request());
    Fields fields = new Fields(json.read(exchange.body(), RequestBody.JSON), MEMBERS);
    if (Stream.of(KEY, SHA256, FILTER).filter(fields::has).count() != 1) {
      fields.reject("body", "must have exactly one of key, sha256 and filter");
    }
    String key = fields.text(KEY);
    String sha256 = fields.text(SHA256);
    KeyFilter filter = Filters.ofKeys(fields.object(FILTER, Filters.OF_KEYS));
    boolean isDryRun = fields.flag(DRY_RUN);
    Actor actor = by.actor(fields.text(Administration.REASON));
    fields.check();
    ApiKeyAdministration keys = apiKeys.get().administration();
    RevokedKeys revoked;
    if (key != null) {
      revoked = isDryRun ? keys.wouldRevokeKey(key) : keys.revokeKey(actor, key);
    } else if (sha256 != null) {
      revoked = isDryRun ? keys.wouldRevokeHash(sha256) : keys.revokeHash(actor, sha256);
    } else {
      revoked = isDryRun ? keys.wouldRevoke(filter) : keys.revoke(actor, filter);
    }
    json.write(exchange.response(), 200, new RevokedJson(revoked, apiKeys.get().service().now()));
  }
}
