package dev.latchkey.internal.json;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds the text of a JSON object (RFC 8259), for what is logged and kept in one column: that
 * needs no library.
 */
public final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  /** Adds a string, or null. */
  public JsonObject put(String name, @Nullable String value) {
    return putRaw(name, value == null ? "null" : quoted(value));
  }

  /** Adds a boolean. */
  public JsonObject put(String name, boolean value) {
    return putRaw(name, String.valueOf(value));
  }

  /** Adds a list of strings, or null. */
  public JsonObject put(String name, @Nullable Collection<String> values) {
    return putRaw(
        name,
        values == null
            ? "null"
            : values.stream().map(JsonObject::quoted).collect(Collectors.joining(",", "[", "]")));
  }

  /** Adds an object. */
  public JsonObject put(String name, JsonObject value) {
    return putRaw(name, value.toString());
  }

  /** Adds what is JSON already. */
  public JsonObject putRaw(String name, String json) {
    if (text.length() > 1) {
      text.append(',');
    }
    text.append(quoted(name)).append(':').append(json);
    return this;
  }

  /** Returns whether nothing was added. */
  public boolean isEmpty() {
    return text.length() == 1;
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || isLineEnd(c) || (Character.isSurrogate(c) && !isPaired(value, i))) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Some readers of logs end lines at these, too, as C1 controls, LS and PS. */
  private static boolean isLineEnd(char c) {
    return (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
  }

  private static boolean isPaired(String value, int at) {
    return Character.isHighSurrogate(value.charAt(at))
        ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
  }

  /** Returns the object so far, on one line. */
  @Override
  public String toString() {
    return text + "}";
  }
}
