package dev.latchkey.admin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scripts of the pages as browsers get them: the small modules of a part are sent as one. For
 * browsers ask at each page whether a script is still the same, and what is compressed together
 * takes a quarter less.
 *
 * <p>A part is a folder of {@code assets}, sent by its name, or with the element of that name. It
 * is read from what the elements import, from there on, each module after those that it needs.
 * Names at the top of a module are therefore the only ones of their part, and {@code
 * import.meta.url} is the URL of the part.
 */
final class Scripts {
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)^import (\\{\\s*+\\w++(?:,\\s*+\\w++)*+,?\\s*+\\}|\\w++) from \"(\\.[^\"]++)\";$");

  private static final Pattern NAME = Pattern.compile("\\w+");

  private static final Pattern DECLARED =
      Pattern.compile("(?m)^(?:export )?(?:async )?(?:const|let|class|function\\*?) (\\w++)");

  /** Of what is loaded when it is needed; its name may be known only then. */
  private static final Pattern LATER =
      Pattern.compile("(?<=\\bimport\\([\"`])(\\.[^\"`]*/)([^\"`/]++)(?=[\"`]\\))");

  private static final Pattern IN_FOLDER = Pattern.compile(Assets.FOLDER + "([a-z]++)/[^/]++");

  private static final String COMMON = Assets.FOLDER + "common.js";

  private static final Pattern OTHER_IMPORT =
      Pattern.compile("(?m)^(?:import\\b.*|export [{*].*|export default\\b.*)$");

  /** The imports of a part from others, its own modules, and the origin of each name at its top. */
  private record Part(
      Map<String, Set<String>> imports, StringBuilder modules, Map<String, String> origins) {
    Part() {
      this(new LinkedHashMap<>(), new StringBuilder(), new HashMap<>());
    }

    /** A browser rejects a script that has a name twice. */
    void claim(String name, String from) {
      String other = origins.putIfAbsent(name, from);
      if (other != null && !other.equals(from)) {
        throw new IllegalStateException(
            "%s is in %s and in %s, which are sent as one".formatted(name, other, from));
      }
    }

    String text() {
      return imports.entrySet().stream()
              .map(from -> "import %s from \"%s\";\n".formatted(names(from), from.getKey()))
              .collect(Collectors.joining())
          + modules;
    }

    private static String names(Map.Entry<String, Set<String>> from) {
      String names = String.join(", ", from.getValue());
      return from.getKey().contains("/words/") ? names : "{ " + names + " }";
    }
  }

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Set<String> done = new HashSet<>();

  private final UnaryOperator<String> sources;

  private Scripts(UnaryOperator<String> sources) {
    this.sources = sources;
  }

  /** Returns the text of each script by its name. */
  static Map<String, String> all() {
    return of(Assets.ELEMENTS, name -> new String(Asset.read(name), StandardCharsets.UTF_8));
  }

  /** Returns the scripts of elements whose modules have these sources. */
  static Map<String, String> of(List<String> elements, UnaryOperator<String> sources) {
    Scripts scripts = new Scripts(sources);
    elements.forEach(scripts::add);
    return scripts.parts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, part -> part.getValue().text()));
  }

  private void add(String module) {
    if (!begun.add(module)) {
      if (!done.contains(module)) {
        throw new IllegalStateException(module + " imports itself, by others");
      }
      return;
    }
    String source = sources.apply(module);
    String sent = sentAs(module);
    Part part = parts.computeIfAbsent(sent, name -> new Part());
    IMPORT.matcher(source).results().forEach(found -> addImport(module, part, found));
    String rest = IMPORT.matcher(source).replaceAll("");
    Matcher other = OTHER_IMPORT.matcher(rest);
    if (other.find()) {
      throw new IllegalStateException(module + " cannot be joined with others: " + other.group());
    }
    DECLARED.matcher(rest).results().forEach(found -> part.claim(found.group(1), module));
    done.add(module);
    part.modules.append(
        Compaction.of(LATER.matcher(rest).replaceAll(found -> later(module, found))));
  }

  private void addImport(String module, Part part, MatchResult found) {
    String imported = resolve(module, found.group(2));
    if (!isWords(imported)) {
      add(imported);
    }
    String from = sentAs(imported);
    if (!from.equals(sentAs(module))) {
      Set<String> names =
          part.imports.computeIfAbsent(relative(sentAs(module), from), name -> new TreeSet<>());
      if (!isWords(imported) && level(from) >= level(sentAs(module))) {
        throw new IllegalStateException(
            "%s imports %s, but parts import only common and, elements, dialogs"
                .formatted(module, imported));
      }
      for (String name : NAME.matcher(found.group(1)).results().map(MatchResult::group).toList()) {
        part.claim(name, from);
        names.add(name);
      }
    }
  }

  private String later(String module, MatchResult found) {
    String loaded = resolve(module, found.group(1)) + found.group(2);
    if (!isWords(loaded)) {
      add(loaded);
    }
    return Matcher.quoteReplacement(relative(sentAs(module), sentAs(loaded)));
  }

  /** A host never loads more for a part than that part needs. */
  private static int level(String script) {
    return Assets.ELEMENTS.contains(script) ? 2 : script.equals(COMMON) ? 0 : 1;
  }

  private static boolean isWords(String module) {
    return module.startsWith(Assets.WORDS);
  }

  private static String resolve(String module, String imported) {
    return URI.create("/" + module).resolve(imported).getPath().substring(1);
  }

  /** Returns what a module is sent as: itself, or its part. */
  private static String sentAs(String module) {
    Matcher inFolder = IN_FOLDER.matcher(module);
    if (isWords(module) || Assets.ELEMENTS.contains(module)) {
      return module;
    }
    if (!inFolder.matches()) {
      throw new IllegalStateException(module + " is in no folder of a part");
    }
    String element = "api-key-" + inFolder.group(1) + ".js";
    return Assets.ELEMENTS.contains(element) ? element : Assets.FOLDER + inFolder.group(1) + ".js";
  }

  private static String relative(String from, String to) {
    if (!from.startsWith(Assets.FOLDER)) {
      return "./" + to;
    }
    return to.startsWith(Assets.FOLDER) ? "./" + to.substring(Assets.FOLDER.length()) : "../" + to;
  }
}
