package dev.latchkey.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The servlet's OpenAPI document, with the paths at which the application has mounted it. */
final class OpenApi {
  static final String NAME = "openapi.yaml";

  private static final Pattern PATH = Pattern.compile("(?m)^  /api-keys(\\S*):$");
  private static final Pattern SERVER = Pattern.compile("(?m)^  - url: .*\\R.*$");
  private static final String DOCUMENT =
      SERVER
          .matcher(new String(Asset.read(NAME), StandardCharsets.UTF_8))
          .replaceFirst("  - url: /"); // wherever the document comes from

  private OpenApi() {}

  static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String mount = Matcher.quoteReplacement(Mount.path(request));
    String paths = PATH.matcher(DOCUMENT).replaceAll("  \"" + mount + "$1\":");
    String document = mount.isEmpty() ? paths.replace("  \"\":", "  \"/\":") : paths;
    // RFC 9512: YAML is UTF-8 without saying so.
    Asset.write(response, "application/yaml", document.getBytes(StandardCharsets.UTF_8));
  }
}
