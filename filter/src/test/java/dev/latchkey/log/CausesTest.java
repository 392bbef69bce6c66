package dev.latchkey.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A warning is one line that ends with what went wrong. */
class CausesTest {
  @Test
  void explanationEndsWithTheDeepestCause() {
    SQLException denied = new SQLException("Access denied for user 'shop'");
    RuntimeException failure =
        new IllegalStateException(
            "the database could not look up keys", new SQLException("no connection", denied));

    assertThat(Causes.explain("Latchkey: keys get 503", failure))
        .isEqualTo(
            "Latchkey: keys get 503: the database could not look up keys: Access denied for user"
                + " 'shop'");
  }

  @Test
  void nothingIsSaidTwice() {
    SQLException cause = new SQLException("Access denied");
    RuntimeException failure = new IllegalStateException("no connection: Access denied", cause);

    assertThat(Causes.explain("Latchkey", failure))
        .isEqualTo("Latchkey: no connection: Access denied");
  }

  @Test
  void classIsNamedWhereTheMessageAloneIsARiddle() {
    assertThat(Causes.deepest(new IllegalStateException("x", new UnknownHostException("db"))))
        .isEqualTo("java.net.UnknownHostException: db");
    assertThat(Causes.deepest(new NoClassDefFoundError("org/flywaydb/Flyway")))
        .isEqualTo("java.lang.NoClassDefFoundError: org/flywaydb/Flyway");
    assertThat(Causes.deepest(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void severalLinesBecomeOne() {
    assertThat(Causes.deepest(new SQLException(" first\n\tsecond "))).isEqualTo("first second");
  }

  @Test
  void circleOfCausesEnds() {
    SQLException one = new SQLException("one");
    SQLException other = new SQLException("other", one);
    one.initCause(other);

    assertThat(Causes.deepest(one)).isIn("one", "other");
  }
}
