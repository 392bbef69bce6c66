package dev.latchkey.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A warning is one line that ends with the deepest cause. */
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
  void repeatedCauseIsNamedOnce() {
    SQLException cause = new SQLException("Access denied");
    RuntimeException failure = new IllegalStateException("no connection: Access denied", cause);

    assertThat(Causes.explain("Latchkey", failure))
        .isEqualTo("Latchkey: no connection: Access denied");
  }

  @Test
  void classIsNamedWhereTheMessageNeedsIt() {
    assertThat(Causes.deepest(new IllegalStateException("x", new UnknownHostException("db"))))
        .isEqualTo("java.net.UnknownHostException: db");
    assertThat(Causes.deepest(new NoClassDefFoundError("org/flywaydb/Flyway")))
        .isEqualTo("java.lang.NoClassDefFoundError: org/flywaydb/Flyway");
    assertThat(Causes.deepest(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  /** Pools and drivers add this after a connection has failed. */
  @Test
  void closedConnectionIsNotNamedAsTheCause() {
    for (String consequence :
        new String[] {
          "Connection.setNetworkTimeout cannot be called on a closed connection",
          "(conn=7) Connection is closed",
          "This connection is already closed",
          "This connection has been closed."
        }) {
      SQLException silent = new SQLException("request timed out", new SQLException(consequence));
      assertThat(Causes.deepest(new IllegalStateException("no keys", silent)))
          .isEqualTo("request timed out");
      assertThat(Causes.deepest(new IllegalStateException("x", new SQLException(consequence))))
          .isEqualTo(consequence);
      silent =
          new SQLException(
              "request timed out",
              new SQLException(consequence, new SQLException("Read timed out")));
      assertThat(Causes.deepest(silent)).isEqualTo("Read timed out");
    }
    assertThat(
            Causes.deepest(
                new SQLException("lost", new SQLException("socket was closed by server"))))
        .isEqualTo("socket was closed by server");
  }

  @Test
  void messageBecomesOneLine() {
    assertThat(Causes.deepest(new SQLException(" first\n\tsecond "))).isEqualTo("first second");
  }

  @Test
  void circularCausesEnd() {
    SQLException one = new SQLException("one");
    SQLException other = new SQLException("other", one);
    one.initCause(other);

    assertThat(Causes.deepest(one)).isIn("one", "other");
  }
}
