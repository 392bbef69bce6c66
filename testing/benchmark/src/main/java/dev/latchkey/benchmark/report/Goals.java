package dev.latchkey.benchmark.report;

import java.util.List;

/** The goals: one table, so that it can be read as one. */
final class Goals {
  private static final Base LIMIT = Base.named("limit");

  static final List<Goal> ALL =
      List.of(
          ratio(
              "1",
              "A request with a cached key takes little longer than the least there could be",
              new Selection("hot-path", "latchkey", "ns/op"),
              LIMIT,
              Bound.atMost(1.5)),
          ratio(
              "1",
              "… and allocates little more",
              new Selection("hot-path", "latchkey", "B/op"),
              LIMIT,
              Bound.atMost(1.15)),
          figure(
              "2",
              "Over HTTP, a server with the filter answers as many requests as one without",
              new Selection("wire", "latchkey", "ratio to bare"),
              Bound.atLeast(0.98)),
          figure(
              "2",
              "… and as promptly, at the 99th percentile",
              new Selection("wire", "latchkey", "ratio to bare, p99"),
              Bound.atMost(1.05)),
          ratio(
              "3",
              "To refuse costs less than to accept",
              new Selection("refusals", "*", "ns/op"),
              Base.named("accepted"),
              Bound.below(1)),
          ratio(
              "4",
              "A burst of cold keys: more keys a second than with one query a key",
              new Selection("burst", "coalesced", "keys/s"),
              Base.named("one query a key"),
              Bound.atLeast(10)),
          figure(
              "4",
              "… and nobody waits long: milliseconds at the 99th percentile",
              new Selection("burst", "coalesced", "ms p99"),
              Bound.below(50)),
          figure(
              "5",
              "A flood of unknown keys leaves the live ones their rate",
              new Selection("flood", "of the live traffic, beside it", "ratio"),
              Bound.atLeast(0.8)),
          figure(
              "5",
              "… and the database gets few queries a second, and few statements",
              new Selection("flood", "*", "queries/s"),
              Bound.atMost(200)),
          ratio(
              "6",
              "No operation slows down with the number of keys in the table",
              new Selection("rows", "*", "µs"),
              Base.least("rows"),
              Bound.atMost(2)),
          figure(
              "7",
              "Bytes of heap that a cached key takes",
              new Selection("heap", "a cached key", "B"),
              Bound.atMost(400)),
          figure(
              "8",
              "After a restart: milliseconds until 99 % of the requests find their key cached",
              new Selection("restart", "time to 99 % hits", "ms"),
              Bound.none()),
          figure(
              "9",
              "The example starts: milliseconds from `java -jar` to the first authenticated request",
              new Selection("start", "example to first key", "ms"),
              Bound.atMost(2_000)),
          figure(
              "9",
              "… and the filter in any application: milliseconds of its `init`",
              new Selection("start", "filter init", "ms"),
              Bound.atMost(300)));

  private Goals() {}

  private static Goal figure(String number, String text, Selection of, Bound bound) {
    return new Goal(number, text, of, null, bound);
  }

  private static Goal ratio(String number, String text, Selection of, Base base, Bound bound) {
    return new Goal(number, text, of, base, bound);
  }
}
