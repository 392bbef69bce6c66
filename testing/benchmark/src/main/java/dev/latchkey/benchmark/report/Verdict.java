package dev.latchkey.benchmark.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How it went with a goal. The medians are judged, under every condition; one that is beyond the
 * bound is enough to miss it.
 *
 * @param goal which one
 * @param findings what came out, for each condition
 */
record Verdict(Goal goal, List<Finding> findings) {
  static final String NOT_MEASURED = "not measured";
  private static final int LISTED = 3;

  static Verdict of(Goal goal, RawData data) {
    return new Verdict(goal, goal.findings(data));
  }

  boolean isMeasured() {
    return !findings.isEmpty();
  }

  List<Finding> misses() {
    return findings.stream()
        .filter(finding -> !goal.bound().holds(finding.figure().median()))
        .toList();
  }

  /** All figures where nothing was promised, else the worst. */
  String measured() {
    if (!isMeasured()) {
      return "";
    }
    if (goal.bound().isNone() || findings.size() == 1) {
      return told(findings);
    }
    Finding worst =
        findings.stream()
            .max(
                Comparator.comparingDouble(
                    finding -> goal.bound().badness(finding.figure().median())))
            .orElseThrow();
    return told(List.of(worst)) + ", the worst of " + findings.size();
  }

  String outcome() {
    if (!isMeasured()) {
      return NOT_MEASURED;
    }
    if (goal.bound().isNone()) {
      return "";
    }
    List<Finding> misses = misses();
    if (misses.isEmpty()) {
      return findings.stream().allMatch(this::holdsThroughout)
          ? "met"
          : "met; the range reaches beyond";
    }
    String counted = "**MISSED** in %d of %d".formatted(misses.size(), findings.size());
    if (findings.size() == 1) {
      return "**MISSED**";
    }
    return misses.size() > LISTED ? counted : counted + ": " + told(misses);
  }

  private boolean holdsThroughout(Finding finding) {
    return goal.bound().holds(finding.figure().min()) && goal.bound().holds(finding.figure().max());
  }

  private String told(List<Finding> some) {
    return some.stream()
        .map(
            finding -> {
              String where = finding.where(findings);
              String text = finding.figure().text();
              return where.isEmpty() ? text : text + " with " + where;
            })
        .collect(Collectors.joining("; "));
  }
}
