package dev.latchkey.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scripts, styles and pictures of the pages, each read from the jar once. Thread-safe.
 *
 * <p>The elements, which applications name, are at the servlet's root; what they load is in a
 * folder, so that one pattern leaves it open in rules of proxies and frameworks.
 */
final class Assets {
  static final String FOLDER = "assets/";
  static final String MENU = "api-key-menu.js";
  static final String LIST = "api-key-list.js";
  static final String ADMINISTRATION = "api-key-administration.js";
  static final Set<String> ELEMENTS = Set.of(MENU, LIST, ADMINISTRATION);

  private static final String WORDS = FOLDER + "words/";

  /** In lower case and without dots, so that no name leads out of the folder on any file system. */
  private static final Pattern NAME =
      Pattern.compile(FOLDER + "([a-z0-9-]++/)*+[a-z0-9-]++\\.(js|css|svg)");

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  /** Returns the file of a name, or null if there is none. */
  @Nullable Asset named(String name) {
    boolean isOurs = ELEMENTS.contains(name) || NAME.matcher(name).matches();
    return isOurs ? read.computeIfAbsent(name, Assets::read) : null;
  }

  private static @Nullable Asset read(String name) {
    byte[] content = name.startsWith(WORDS) ? words(name) : Asset.readIfThere(name);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return content == null
        ? null
        : new Asset(Objects.requireNonNull(CONTENT_TYPES.get(extension)), content);
  }

  /** Returns the catalogue of a language, or null if there is none. */
  static byte @Nullable [] catalogue(String language) {
    return Asset.readIfThere(WORDS + language + ".json");
  }

  /** Returns the module that browsers load a catalogue as. */
  static String words(Words words) {
    return WORDS + words.language() + ".js";
  }

  /** Makes a catalogue a module: the strictest pages load scripts of their own, and no JSON. */
  private static byte @Nullable [] words(String name) {
    byte[] json = catalogue(name.substring(WORDS.length(), name.lastIndexOf('.')));
    return json == null
        ? null
        : ("export default " + new String(json, StandardCharsets.UTF_8).strip() + ";\n")
            .getBytes(StandardCharsets.UTF_8);
  }
}
