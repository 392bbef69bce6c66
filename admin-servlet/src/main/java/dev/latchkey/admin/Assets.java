package dev.latchkey.admin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scripts, styles and pictures of the pages, each read once. Thread-safe.
 *
 * <p>The elements, which applications name, are at the servlet's root; what they load is in a
 * folder, so that one pattern leaves it open in rules of proxies and frameworks.
 */
final class Assets {
  static final String FOLDER = "assets/";
  static final String MENU = "api-key-menu.js";
  static final String LIST = "api-key-list.js";
  static final String ADMINISTRATION = "api-key-administration.js";

  /** In an order that all nodes have, so that they send the same bytes. */
  static final List<String> ELEMENTS = List.of(MENU, LIST, ADMINISTRATION);

  static final String WORDS = FOLDER + "words/";

  /** In lower case and without dots, so that no name leads out of the folder on any file system. */
  private static final Pattern NAME =
      Pattern.compile(FOLDER + "([a-z0-9-]++/)*+[a-z0-9-]++\\.(js|css|svg)");

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "svg", "image/svg+xml");

  private final Catalogues catalogues;
  private final Map<String, Asset> read = new ConcurrentHashMap<>();
  private @Nullable Map<String, String> scripts;

  Assets(Catalogues catalogues) {
    this.catalogues = catalogues;
  }

  /** Returns the file of a name, or null if there is none. */
  @Nullable Asset named(String name) {
    boolean isOurs = ELEMENTS.contains(name) || NAME.matcher(name).matches();
    return isOurs ? read.computeIfAbsent(name, this::read) : null;
  }

  private @Nullable Asset read(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    byte[] content = extension.equals("js") ? script(name) : Asset.readIfThere(name);
    return content == null
        ? null
        : new Asset(Objects.requireNonNull(CONTENT_TYPES.get(extension)), content);
  }

  private byte @Nullable [] script(String name) {
    if (name.startsWith(WORDS)) {
      return catalogues.module(name);
    }
    String script = scripts().get(name);
    return script == null ? null : script.getBytes(StandardCharsets.UTF_8);
  }

  /** Not before a page needs them: no start waits for it. */
  private synchronized Map<String, String> scripts() {
    if (scripts == null) {
      scripts = Scripts.all();
    }
    return scripts;
  }
}
