package dev.latchkey.benchmark.hot;

import dev.latchkey.key.ApiKey;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** All that are measured, by the names that the results use. */
public enum Subjects {
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
  private final Function<List<ApiKey>, Subject> open;

  Subjects(String label, Function<List<ApiKey>, Subject> open) {
    this.label = label;
    this.open = open;
  }

  /** One that knows these keys. */
  public static Subject open(String label, List<ApiKey> keys) {
    return Arrays.stream(values())
        .filter(subject -> subject.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no subject is called " + label))
        .open
        .apply(keys);
  }
}
