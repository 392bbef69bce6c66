package dev.latchkey.internal.tracing;

import dev.latchkey.auth.ApiKeyPrincipal;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;

/**
 * Marks spans of OpenTelemetry: the user by the name of its conventions, the key by one of ours.
 */
final class OpenTelemetryMarker implements SpanMarker {
  private static final AttributeKey<String> USER = AttributeKey.stringKey("user.id");
  private static final AttributeKey<String> TAG = AttributeKey.stringKey("latchkey.key.tag");

  @Override
  public void mark(ApiKeyPrincipal principal) {
    Span span = Span.current();
    if (span.isRecording()) {
      span.setAttribute(USER, principal.getName());
      span.setAttribute(TAG, principal.keyTag());
    }
  }
}
