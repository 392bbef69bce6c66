package dev.latchkey.admin;

import tools.jackson.core.JsonGenerator;

/** Who administers, whether they may issue keys, and what bounds these. */
record AdministratorJson(Administrator by, PolicyJson policy) implements JsonBody {

  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("administrator", by.login().name());
    out.writeBooleanProperty("issuer", by.isIssuer());
    out.writeName("policy");
    policy.write(out);
    out.writeEndObject();
  }
}
