package dev.latchkey.spring;

import dev.latchkey.manage.ApiKeyListener;
import dev.latchkey.manage.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells the application's listeners of an event, and publishes it to whom else it may concern. It
 * looks for the listeners when there is an event, since they may need {@code ApiKeys} themselves.
 */
record SpringEvents(ObjectProvider<ApiKeyListener> listeners, ApplicationEventPublisher publisher)
    implements ApiKeyListener {
  @Override
  public void onEvent(AuditEvent event) {
    List<ApiKeyListener> all = new ArrayList<>(listeners.orderedStream().toList());
    all.add(publisher::publishEvent);
    Throwable failure = null;
    for (ApiKeyListener listener : all) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException | Error e) { // it keeps the event from no other
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }
}
