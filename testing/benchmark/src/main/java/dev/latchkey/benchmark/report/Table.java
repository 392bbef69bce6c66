package dev.latchkey.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  Table(List<String> titles) {
    columns = titles.size();
    rows.add(titles);
    rows.add(Collections.nCopies(columns, "---"));
  }

  void row(String... cells) {
    row(List.of(cells));
  }

  void row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(cells + " are not " + columns);
    }
    rows.add(cells.stream().map(Table::escaped).toList());
  }

  /** Without a line's end after the last row. */
  String text() {
    return String.join("\n", rows.stream().map(Table::line).toList());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|");
  }
}
