package dev.latchkey.admin;

import dev.latchkey.ApiKeys;
import dev.latchkey.internal.audit.EventJson;
import dev.latchkey.manage.ApiKeyAdministration;
import dev.latchkey.manage.EventFilter;
import dev.latchkey.manage.PageRequest;
import java.io.IOException;
import java.util.function.Supplier;

/** Shows events of the audit to administrators: in pages, or all of them as lines. */
final class AllEvents {
  private static final String LINES = "application/x-ndjson";
  private static final String OCSF_LINES = LINES + ";profile=ocsf";

  private final Supplier<ApiKeys> apiKeys;
  private final Json json;

  AllEvents(Supplier<ApiKeys> apiKeys, Json json) {
    this.apiKeys = apiKeys;
    this.json = json;
  }

  void show(Exchange exchange) throws IOException {
    Fields query = QueryParameters.read(exchange.request(), Filters.inPages(Filters.OF_EVENTS));
    EventFilter filter = Filters.ofEvents(query);
    PageRequest page = Filters.page(query);
    query.check();
    exchange.response().setHeader("Vary", "Accept");
    Accept accept = Accept.of(exchange.request(), "Accept");
    ApiKeyAdministration administration = apiKeys.get().administration();
    if (accept.names("application/json") || !accept.names(LINES)) {
      json.write(exchange.response(), 200, ListJson.ofEvents(administration.events(filter, page)));
      return;
    }
    EventLines lines =
        accept.names(OCSF_LINES)
            ? new EventLines(OCSF_LINES, Ocsf::of)
            : new EventLines(LINES, EventJson::of);
    lines.write(
        exchange,
        wanted -> administration.eventsOldestFirst(filter, wanted),
        page,
        query.has(Filters.LIMIT));
  }
}
