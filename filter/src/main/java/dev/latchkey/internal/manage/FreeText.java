package dev.latchkey.internal.manage;

import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.manage.Actor;
import dev.latchkey.manage.InvalidValueException;

/**
 * Checks what people write in their own words. No secret gets into lists, the audit and logs, as
 * when the wrong text is pasted.
 */
record FreeText(KeyParser parser) {
  private static final int MAX_ADDRESS = 64;

  String description(String text) {
    return InputValidation.description(withoutKey("description", text));
  }

  /** Checks an owner whom an administrator names. What a login is called is the application's. */
  String owner(String name) {
    return InputValidation.owner(withoutKey("owner", name));
  }

  /** Checks who acts: their name, and why they do. */
  Actor actor(Actor by) {
    by.name().ifPresent(name -> InputValidation.name("actor", withoutKey("actor", name)));
    by.reason().ifPresent(reason -> InputValidation.reason(withoutKey("reason", reason)));
    return by.address()
        .filter(address -> address.length() > MAX_ADDRESS)
        .map(address -> by.withAddress(address.substring(0, MAX_ADDRESS)))
        .orElse(by);
  }

  private String withoutKey(String field, String text) {
    if (parser.isKeyIn(text)) {
      throw new InvalidValueException(
          field, "must not contain an API key; if it is in use, reissue it");
    }
    return text;
  }
}
