package dev.latchkey.admin;

import tools.jackson.core.JsonGenerator;

/** What an answer says, and how it is put into JSON. */
interface JsonBody {
  /** Writes one JSON object. */
  void write(JsonGenerator out);
}
