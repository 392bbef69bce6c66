package dev.latchkey.admin;

import dev.latchkey.manage.AuditEvent;
import dev.latchkey.manage.Page;
import dev.latchkey.manage.PageRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes events as lines, page after page: nothing is held of the database while a slow client
 * reads.
 *
 * @param mediaType what the lines are
 * @param line makes a line of JSON of an event
 */
record EventLines(String mediaType, Function<AuditEvent, String> line) {

  /**
   * Writes what there is. Before the first page is read, nothing is answered.
   *
   * @param first where to begin, and how many to write
   * @param isLimited whether that many is all
   */
  void write(
      Exchange exchange,
      Function<PageRequest, Page<AuditEvent>> events,
      PageRequest first,
      boolean isLimited)
      throws IOException {
    int left = first.limit();
    Page<AuditEvent> page = events.apply(isLimited ? first : largest(first.cursor()));
    exchange.response().setContentType(mediaType);
    OutputStream out = exchange.response().getOutputStream();
    write(page, out);
    while (page.next().isPresent() && !exchange.isHead()) {
      left -= page.items().size();
      if (isLimited && left <= 0) {
        return;
      }
      page =
          events.apply(
              isLimited ? PageRequest.of(left).after(page.next().get()) : largest(page.next()));
      write(page, out);
    }
  }

  private static PageRequest largest(Optional<String> cursor) {
    PageRequest page = PageRequest.of(Filters.MAX_LIMIT);
    return cursor.map(page::after).orElse(page);
  }

  private void write(Page<AuditEvent> page, OutputStream out) throws IOException {
    StringBuilder lines = new StringBuilder();
    page.items().forEach(event -> lines.append(line.apply(event)).append('\n'));
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
