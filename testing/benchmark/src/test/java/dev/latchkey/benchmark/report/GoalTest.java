package dev.latchkey.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTest {
  private static final Goal TIME =
      Goal.parse("1 | quick | hot-path | latchkey | ns/op | limit | ≤ 1.5");
  private static final Goal RATE = Goal.parse("2 | many | wire | we | ratio | | ≥ 0.9");
  private static final Goal GROWTH = Goal.parse("3 | level | rows | * | µs | least rows | ≤ 2");

  @Test
  void oneMissIsAMissAndIsSaid() {
    RawData data =
        Data.of(
            Data.hotPath("limit", "1", "ns/op", 100.0),
            Data.hotPath("limit", "1000", "ns/op", 100.0),
            Data.hotPath("latchkey", "1", "ns/op", 150.0),
            Data.hotPath("latchkey", "1000", "ns/op", 160.0, 170.0, 180.0));

    assertThat(Tables.goals(List.of(TIME), data))
        .startsWith("**Missed: goal 1.**")
        .contains(
            "| ≤ 1.5 | 1.7 (1.6–1.8) with keys 1 000, the worst of 2 | × limit |"
                + " **MISSED** in 1 of 2: 1.7 (1.6–1.8) with keys 1 000 |");
  }

  @Test
  void whatIsMetIsSaidToBeMet() {
    RawData data = Data.of(Data.plain("wire", "we", "ratio", 0.9, 0.95, 1.0));

    assertThat(Tables.goals(List.of(RATE), data))
        .startsWith("No goal that was measured is missed.")
        .contains("| ≥ 0.9 | 0.95 (0.9–1) | ratio | met |");
  }

  @Test
  void theMedianIsJudgedAndWhatReachesBeyondIsSaid() {
    RawData data = Data.of(Data.plain("wire", "we", "ratio", 0.89, 0.95, 1.0));

    assertThat(Tables.goals(List.of(RATE), data)).contains("| met; the range reaches beyond |");
  }

  @Test
  void whatWasNotMeasuredIsNotMet() {
    RawData data =
        Data.of(Data.plain("wire", "we", "ratio"), Data.plain("wire", "they", "ratio", 1.0));

    assertThat(Tables.goals(List.of(TIME, RATE), data))
        .contains("Not measured, or not in full: goals 1, 2.")
        .contains("| not measured |")
        .doesNotContain("met |");
  }

  @Test
  void growthIsThatOfEachOperationFromItsLeast() {
    RawData data =
        Data.of(
            Data.rows("poll", "1000000", 50.0),
            Data.rows("poll", "10000", 10.0),
            Data.rows("add", "10000", 100.0),
            Data.rows("add", "1000000", 110.0));

    assertThat(Tables.goals(List.of(GROWTH), data))
        .contains("| 5 (5–5) with poll, the worst of 2 |")
        .contains("**MISSED** in 1 of 2: 5 (5–5) with poll |");
  }

  @Test
  void aFigureThatNothingWasPromisedOfIsTold() {
    Goal told = Goal.parse("4 | some | wire | we | ratio | | told");

    assertThat(Tables.goals(List.of(told), Data.of(Data.plain("wire", "we", "ratio", 1.0))))
        .contains("| told | 1 (1–1) | ratio |  |");
  }

  @Test
  void everyGoalIsRead() {
    assertThat(Report.goals())
        .hasSize(19)
        .allSatisfy(goal -> assertThat(goal.row(Data.of())).endsWith("not measured"));
  }
}
