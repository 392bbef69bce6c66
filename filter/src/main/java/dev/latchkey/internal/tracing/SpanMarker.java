package dev.latchkey.internal.tracing;

import dev.latchkey.auth.ApiKeyPrincipal;
import org.jspecify.annotations.Nullable;

/** Marks the current span with whose key a request carries. Thread-safe. */
public interface SpanMarker {
  /** Marks the current span, if there is one that is recorded. */
  void mark(ApiKeyPrincipal principal);

  /** Returns a marker; null if the application has no OpenTelemetry. */
  static @Nullable SpanMarker find() {
    try {
      Class.forName("io.opentelemetry.api.trace.Span", false, SpanMarker.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
    return new OpenTelemetryMarker();
  }
}
