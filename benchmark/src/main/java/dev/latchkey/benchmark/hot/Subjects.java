package dev.latchkey.benchmark.hot;

import java.util.Arrays;
import java.util.function.IntFunction;

/** All that are measured, by the names that the results use. */
enum Subjects {
  BARE("bare", Baselines::bare),
  LIMIT("limit", Baselines::limit),
  BY_HAND("by-hand", Baselines::byHand),
  LATCHKEY("latchkey", Latchkey::open),
  DROPWIZARD("dropwizard", Dropwizard::open),
  PAC4J("pac4j", Pac4j::open),
  SHIRO("shiro", Shiro::open),
  SPRING_OPAQUE("spring-opaque", SpringOpaque::open),
  SPRING_JWT("spring-jwt", SpringJwt::open);

  private final String label;
  private final IntFunction<Subject> open;

  Subjects(String label, IntFunction<Subject> open) {
    this.label = label;
    this.open = open;
  }

  /** One that knows so many keys. */
  static Subject open(String label, int keys) {
    return Arrays.stream(values())
        .filter(subject -> subject.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no subject is called " + label))
        .open
        .apply(keys);
  }
}
