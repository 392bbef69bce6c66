package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a query: each at most once, none empty, in UTF-8. Containers differ in
 * what they make of others, and some leave them out without a word.
 */
final class QueryParameters {
  private QueryParameters() {}

  /** Reads what may be there, and rejects all else. */
  static Fields read(HttpServletRequest request, Set<String> known) {
    String query = request.getQueryString();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Map<String, String> errors = new LinkedHashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (!pair.isEmpty()) {
        read(pair, values, errors);
      }
    }
    Fields fields = new Fields(values, known);
    errors.forEach(fields::reject);
    return fields;
  }

  /** Checks that there are none. */
  static void checkNone(HttpServletRequest request) {
    read(request, Set.of()).check();
  }

  private static void read(
      String pair, Map<String, @Nullable Object> values, Map<String, String> errors) {
    String[] parts = pair.split("=", 2);
    String name = decoded(parts[0]);
    String value = parts.length == 1 ? "" : decoded(parts[1]);
    if (name == null || name.isEmpty()) {
      errors.put("query", "must be name=value, in percent-encoded UTF-8");
    } else if (values.put(name, value) != null) {
      errors.put(name, "must be given once");
    } else if (value == null) {
      values.put(name, "");
      errors.put(name, "must be percent-encoded UTF-8");
    } else if (value.isEmpty()) {
      errors.put(name, "must not be empty");
    }
  }

  /** Returns null for what nobody has encoded like this. */
  private static @Nullable String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '%') {
          bytes.write(Integer.parseInt(hexadecimal(text, i + 1), 16));
          i += 2;
        } else if (c > 0x7e) {
          return null;
        } else {
          bytes.write(c == '+' ? ' ' : c);
        }
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException | NumberFormatException e) {
      return null;
    }
  }

  private static String hexadecimal(String text, int at) {
    String digits = text.substring(Math.min(at, text.length()), Math.min(at + 2, text.length()));
    return digits.matches("[0-9A-Fa-f]{2}") ? digits : "";
  }
}
