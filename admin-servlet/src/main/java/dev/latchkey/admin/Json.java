package dev.latchkey.admin;

import dev.latchkey.admin.ProblemJson.FieldError;
import dev.latchkey.manage.IssuedKey;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON in and out of the servlet. Thread-safe.
 *
 * <p>Tokens only, no data binding: what binds data needs annotations, which applications bring in
 * versions of their own.
 */
final class Json {
  private final JsonFactory factory =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Returns the members of the object in a request's body, in their order. A string is a {@code
   * String}, a number a {@code BigDecimal}, an array a {@code List}, an object a {@code Map} again.
   *
   * @param mediaTypes which it may have, in lower case
   * @throws ProblemException if it is of another type, too large, or not a JSON object
   */
  Map<String, @Nullable Object> read(RequestBody body, Set<String> mediaTypes) {
    return parse(body.checked(mediaTypes));
  }

  /** Does the same where the body may be left out, which stands for an empty object. */
  Map<String, @Nullable Object> readOptional(RequestBody body, Set<String> mediaTypes) {
    return body.isAbsent() ? Map.of() : read(body, mediaTypes);
  }

  /** Returns the members of an object likewise. */
  Map<String, @Nullable Object> parse(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      try (JsonParser in = factory.createParser(ObjectReadContext.empty(), text)) {
        if (in.nextToken() == JsonToken.START_OBJECT) {
          Map<String, @Nullable Object> members = members(in);
          if (in.nextToken() == null) {
            return members;
          }
        }
      }
    } catch (JacksonException | NumberFormatException | CharacterCodingException e) {
      // Its message may quote what was sent; ours does not.
    }
    throw ProblemException.invalid(
        List.of(
            new FieldError("body", "must be one JSON object, in UTF-8, without repeated members")));
  }

  private static Map<String, @Nullable Object> members(JsonParser in)
      throws CharacterCodingException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)); // an answer names it
      in.nextToken();
      members.put(name, value(in));
    }
    return members;
  }

  private static @Nullable Object value(JsonParser in) throws CharacterCodingException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(in.getString());
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> items(in);
      case START_OBJECT -> members(in);
      default -> throw new IllegalStateException("not the begin of a value");
    };
  }

  private static List<@Nullable Object> items(JsonParser in) throws CharacterCodingException {
    List<@Nullable Object> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(in));
    }
    return items;
  }

  /** Answers with a key that was just made, and where it is. */
  void writeNew(Exchange exchange, IssuedKey made) throws IOException {
    String keys = exchange.route().isAdministrative() ? "/admin/keys/" : "/";
    String mount = Mount.path(exchange.request());
    exchange.response().setHeader("Location", mount + keys + made.key().tag());
    write(exchange.response(), HttpServletResponse.SC_CREATED, KeyJson.of(made));
  }

  void write(HttpServletResponse response, int status, JsonBody value) throws IOException {
    write(response, status, "application/json", value);
  }

  void write(HttpServletResponse response, ProblemException problem) throws IOException {
    write(response, problem.type().status(), "application/problem+json", problem.json());
  }

  private void write(HttpServletResponse response, int status, String mediaType, JsonBody value)
      throws IOException {
    response.setStatus(status);
    Asset.write(response, mediaType, bytes(value));
  }

  byte[] bytes(JsonBody value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      value.write(out);
    }
    return bytes.toByteArray();
  }
}
