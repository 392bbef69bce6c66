package dev.latchkey.admin;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The words of each language: one file, of which the servlet's pages and each part of the scripts
 * get what they need. Thread-safe.
 *
 * @param json reads and writes them
 */
record Catalogues(Json json) {
  private static final Pattern MODULE =
      Pattern.compile(Assets.FOLDER + "words/(?:(administration)/)?([a-z-]+)\\.js");
  private static final String OF_ADMINISTRATORS = "admin.";

  /** What only HTML says, which the servlet writes. */
  private static final List<String> OF_HTML = List.of("page.", "refusal.");

  /** Returns the texts of a language by name; null if there are none. */
  @Nullable Map<String, @Nullable Object> of(String language) {
    byte[] catalogue = Asset.readIfThere(Assets.FOLDER + "words/" + language + ".json");
    return catalogue == null ? null : json.parse(catalogue);
  }

  /**
   * Returns a part of a catalogue as a module, since the strictest pages load scripts of their own,
   * and no JSON; null if a file is no such module.
   */
  byte @Nullable [] module(String file) {
    Matcher module = MODULE.matcher(file);
    Map<String, @Nullable Object> all = module.matches() ? of(module.group(2)) : null;
    if (all == null) {
      return null;
    }
    boolean isOfAdministrators = module.group(1) != null;
    Map<String, @Nullable Object> part = new LinkedHashMap<>(all);
    part.keySet().removeIf(name -> isOfAdministrators != name.startsWith(OF_ADMINISTRATORS));
    part.keySet().removeIf(name -> OF_HTML.stream().anyMatch(name::startsWith));
    String text = new String(json.bytes(out -> write(out, part)), StandardCharsets.UTF_8);
    return ("export default " + text + ";\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Writes texts, and the forms of plurals. */
  private static void write(JsonGenerator out, Map<?, ?> texts) {
    out.writeStartObject();
    texts.forEach(
        (name, text) -> {
          out.writeName((String) name);
          if (text instanceof Map<?, ?> plurals) {
            write(out, plurals);
          } else {
            out.writeString((String) text);
          }
        });
    out.writeEndObject();
  }
}
