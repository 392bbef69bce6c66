package dev.latchkey.benchmark.report;

import java.util.List;
import java.util.stream.Stream;

/** All goals with what came out, and first in a sentence whether one was missed. */
final class GoalsTable {
  private GoalsTable() {}

  static String text(List<Goal> goals, RawData data) {
    List<Verdict> verdicts = goals.stream().map(goal -> Verdict.of(goal, data)).toList();
    Table table = new Table(List.of("", "goal", "bound", "measured", "unit", "outcome"));
    for (Verdict verdict : verdicts) {
      Goal goal = verdict.goal();
      table.row(
          goal.number(),
          goal.text(),
          goal.bound().text(),
          verdict.measured(),
          goal.unit(),
          verdict.outcome());
    }
    return summary(verdicts) + "\n\n" + table.text();
  }

  private static String summary(List<Verdict> verdicts) {
    List<String> missed = numbers(verdicts.stream().filter(v -> !v.misses().isEmpty()));
    List<String> unmeasured = numbers(verdicts.stream().filter(v -> !v.isMeasured()));
    String first =
        missed.isEmpty()
            ? "No goal that was measured is missed."
            : "**Missed: %s.**".formatted(goals(missed));
    return unmeasured.isEmpty()
        ? first
        : first + " Not measured, or not in full: %s.".formatted(goals(unmeasured));
  }

  private static List<String> numbers(Stream<Verdict> verdicts) {
    return verdicts.map(verdict -> verdict.goal().number()).distinct().toList();
  }

  private static String goals(List<String> numbers) {
    return (numbers.size() == 1 ? "goal " : "goals ") + String.join(", ", numbers);
  }
}
