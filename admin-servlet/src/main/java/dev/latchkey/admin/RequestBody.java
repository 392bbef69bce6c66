package dev.latchkey.admin;

import dev.latchkey.internal.http.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Holds the body of a request, read before anything is refused: a refusal that leaves a body unread
 * makes containers close the connection under a client that means to use it again.
 *
 * @param mediaType its type without parameters, in lower case; empty if it has none
 * @param bytes what it says, or one byte more than it may
 */
record RequestBody(String mediaType, byte[] bytes) {
  static final Set<String> JSON = Set.of("application/json");
  static final Set<String> JSON_OR_PATCH =
      Set.of("application/json", "application/merge-patch+json");

  private static final int LARGEST = 16 * 1024;

  static RequestBody read(HttpServletRequest request) throws IOException {
    // The header itself: some containers choke on a charset that they do not know.
    String type = request.getHeader("Content-Type");
    return new RequestBody(
        type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT),
        request.getInputStream().readNBytes(LARGEST + 1));
  }

  boolean isAbsent() {
    return bytes.length == 0;
  }

  boolean isTooLarge() {
    return bytes.length > LARGEST;
  }

  /**
   * The bytes, if they are of a type that is understood, and not too many.
   *
   * @throws ProblemException if not
   */
  byte[] checked(Set<String> mediaTypes) {
    if (!mediaTypes.contains(mediaType)) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Send the request with Content-Type: application/json.");
    }
    if (isTooLarge()) {
      throw new ProblemException(ProblemType.TOO_LARGE, "A request has at most 16 KiB.");
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "RequestBody[" + mediaType + "]"; // it may hold a key
  }
}
