package dev.latchkey.admin;

import dev.latchkey.manage.KeyPolicy;
import dev.latchkey.manage.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The policy for keys, as JSON.
 *
 * @param policy how many keys an owner may have, and how their validity is chosen
 * @param sessionExpiry the expiry that the login's session sets; null if it is chosen
 */
record PolicyJson(KeyPolicy policy, @Nullable Instant sessionExpiry) implements JsonBody {

  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeNumberProperty("maxKeys", policy.maxKeysPerUser());
    out.writeObjectPropertyStart("validity");
    if (sessionExpiry == null) {
      out.writeStringProperty("mode", "choose");
      out.writeNumberProperty("defaultDays", policy.defaultValidityDays());
      out.writeNumberProperty("maxDays", policy.maxValidityDays());
    } else {
      out.writeStringProperty("mode", "session");
      out.writeStringProperty("expiresAt", sessionExpiry.toString());
    }
    out.writeEndObject();
    out.writeArrayPropertyStart("scopes");
    for (Scope scope : policy.scopes()) {
      out.writeStartObject();
      out.writeStringProperty("name", scope.name());
      out.writeStringProperty("description", scope.description());
      out.writeBooleanProperty("grantable", scope.isGrantable());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
