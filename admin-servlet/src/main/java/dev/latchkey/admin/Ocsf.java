package dev.latchkey.admin;

import dev.latchkey.manage.AuditEvent;

/** An event as OCSF. */
final class Ocsf {
  private Ocsf() {}

  @SuppressWarnings("DoNotCallSuggester") // it comes with the next part
  static String of(AuditEvent event) {
    throw new UnsupportedOperationException(event.id());
  }
}
