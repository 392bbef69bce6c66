package dev.latchkey.admin;

import dev.latchkey.admin.ProblemJson.FieldError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out of the servlet. Thread-safe. */
final class Json {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * The object in a request's body.
   *
   * @param mediaTypes which it may have, in lower case
   * @throws ProblemException if it is of another type, too large, or not a JSON object
   */
  JsonNode read(RequestBody body, Set<String> mediaTypes) {
    return parse(body.checked(mediaTypes));
  }

  /** The same where the body may be left out, which stands for an empty object. */
  JsonNode readOptional(RequestBody body, Set<String> mediaTypes) {
    return body.isAbsent() ? mapper.createObjectNode() : read(body, mediaTypes);
  }

  private JsonNode parse(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonNode tree = mapper.readTree(text);
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (JacksonException | CharacterCodingException e) {
      // Its message may quote what was sent; ours does not.
    }
    throw ProblemException.invalid(
        List.of(
            new FieldError("body", "must be one JSON object, in UTF-8, without repeated members")));
  }

  void write(HttpServletResponse response, int status, Object value) throws IOException {
    write(response, status, "application/json", value);
  }

  void write(HttpServletResponse response, ProblemException problem) throws IOException {
    write(response, problem.type().status(), "application/problem+json", problem.json());
  }

  private void write(HttpServletResponse response, int status, String mediaType, Object value)
      throws IOException {
    byte[] body = mapper.writeValueAsBytes(value);
    response.setStatus(status);
    response.setContentType(mediaType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
