package dev.latchkey.admin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells which modules a module imports, and these in turn, so that a page has all of them loaded at
 * once. What a script loads when it needs it is not among them. Thread-safe.
 */
final class Modules {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^(?:import|export)\\b[^\"';(]*+\"(\\.{1,2}/[^\"]++)\"");

  private final Assets assets;
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  Modules(Assets assets) {
    this.assets = assets;
  }

  /** Returns links for the head of a page that has an element, and speaks a language. */
  String preloads(String element, Words words, String base) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : known.computeIfAbsent(element, this::imported)) {
      names.add(name);
      if (name.startsWith(Assets.WORDS)) { // in English, which is there for what others lack
        names.add(name.replace("/en.js", "/" + words.language() + ".js"));
      }
    }
    return names.stream()
        .map(name -> "<link rel=\"modulepreload\" href=\"%s/%s\">".formatted(base, name))
        .collect(Collectors.joining("\n  "));
  }

  private Set<String> imported(String module) {
    Set<String> names = new LinkedHashSet<>();
    collect(module, names);
    return names;
  }

  private void collect(String module, Set<String> names) {
    Asset asset = assets.named(module);
    String script = asset == null ? "" : new String(asset.content(), StandardCharsets.UTF_8);
    IMPORT
        .matcher(script)
        .results()
        .map(match -> URI.create("/" + module).resolve(match.group(1)).getPath().substring(1))
        .filter(names::add)
        .forEach(name -> collect(name, names));
  }
}
