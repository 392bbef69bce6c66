package dev.latchkey.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void aFigureIsTheMedianWithTheLeastAndTheGreatest() {
    Figure figure = Figure.of(List.of(3.0, 1.0, 2_000.0, 4.0));

    assertThat(figure.text()).isEqualTo("3.5 (1–2 000)");
  }

  @Test
  void aRatioReachesAsFarAsItsFiguresCanHaveBeenApart() {
    Figure ratio = new Figure(30, 20, 40).over(new Figure(10, 8, 20));

    assertThat(ratio.text()).isEqualTo("3 (1–5)");
  }

  @Test
  void numbersHaveThreeDigits() {
    assertThat(Figure.number(0.98765)).isEqualTo("0.988");
    assertThat(Figure.number(12.34)).isEqualTo("12.3");
    assertThat(Figure.number(99.96)).isEqualTo("100");
    assertThat(Figure.number(1_234_567.8)).isEqualTo("1 234 568");
    assertThat(Figure.number(0)).isEqualTo("0");
  }
}
