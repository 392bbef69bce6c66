package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The statements that nodes of one version send, as a file in which each can be pasted into a
 * console, but for what stands for something else on each database.
 *
 * @param name of the file
 * @param schema the schema version that its nodes bring
 * @param placeholders what they put in, by database
 * @param statements by the names of their constants
 */
record StatementsFile(
    String name,
    String schema,
    Map<Vendor, Map<String, String>> placeholders,
    Map<String, String> statements) {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "dev", "latchkey", "internal", "store", "jdbc");
  private static final Pattern SCHEMA = Pattern.compile("(?m)^-- schema (\\d+)$");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?m)^-- on ([A-Z0-9]+), (\\$\\{\\w+}) is (.+)$");
  private static final Pattern STATEMENT =
      Pattern.compile("(?ms)^-- (\\w+\\.\\w+)\\n([A-Z].+?);\\n");
  private static final Pattern VERB = Pattern.compile("(?s)(SELECT|INSERT|UPDATE|DELETE)\\s.*");

  /** Reads all files. */
  static List<StatementsFile> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("statements-.+\\.sql"))
          .sorted()
          .map(StatementsFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StatementsFile read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Matcher schema = SCHEMA.matcher(text);
    assertThat(schema.find()).as("a line that tells the schema in %s", file).isTrue();
    Map<Vendor, Map<String, String>> placeholders = new EnumMap<>(Vendor.class);
    PLACEHOLDER
        .matcher(text)
        .results()
        .forEach(
            line ->
                placeholders
                    .computeIfAbsent(Vendor.valueOf(line.group(1)), of -> new LinkedHashMap<>())
                    .put(line.group(2), line.group(3)));
    Map<String, String> statements = new LinkedHashMap<>();
    STATEMENT.matcher(text).results().forEach(line -> statements.put(line.group(1), line.group(2)));
    return new StatementsFile(
        file.getFileName().toString(), schema.group(1), placeholders, statements);
  }

  /** Returns what the code has now. */
  static StatementsFile ofCode(String name) {
    Map<Vendor, Map<String, String>> placeholders = new EnumMap<>(Vendor.class);
    for (Vendor vendor : Vendor.values()) {
      placeholders.put(vendor, Map.of(Sql.NOW, vendor.utcNow()));
    }
    Map<String, String> statements = new LinkedHashMap<>();
    for (Class<?> source : List.of(Sql.class, AdministrationSql.class, Schema.class)) {
      Arrays.stream(source.getDeclaredFields())
          .filter(field -> field.getType() == String.class && VERB.matcher(value(field)).matches())
          .forEach(
              field ->
                  statements.put(source.getSimpleName() + "." + field.getName(), value(field)));
    }
    return new StatementsFile(name, Schema.NEWEST_VERSION, placeholders, statements);
  }

  private static String value(Field field) {
    try {
      field.setAccessible(true);
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  String print() {
    StringBuilder text = new StringBuilder();
    text.append("-- The statements of nodes that bring this schema; later ones must bear them.\n");
    text.append("-- schema ").append(schema).append('\n');
    placeholders.forEach(
        (vendor, values) ->
            values.forEach(
                (from, to) ->
                    text.append("-- on %s, %s is %s%n".formatted(vendor.name(), from, to))));
    statements.forEach(
        (constant, statement) -> text.append("\n-- %s\n%s;\n".formatted(constant, statement)));
    return text.toString();
  }

  /** Returns the statements as a database gets them. */
  Map<String, String> on(Vendor vendor) {
    Map<String, String> result = new LinkedHashMap<>();
    statements.forEach(
        (constant, statement) -> {
          String text = statement;
          for (Map.Entry<String, String> value : placeholders.get(vendor).entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
          }
          result.put(constant, text);
        });
    return result;
  }

  @Override
  public String toString() {
    return name;
  }
}
