package dev.latchkey.benchmark.hot;

import dev.latchkey.benchmark.Keys;
import dev.latchkey.manage.KeySecret;
import jakarta.servlet.Filter;
import java.util.List;

/**
 * A filter that knows some keys, to be measured.
 *
 * @param filter yet to be initialised by what it runs in
 * @param headers the values of {@code Authorization} that it accepts
 * @param close ends what was opened for it
 */
public record Subject(Filter filter, List<String> headers, Runnable close) {
  Subject(Filter filter, List<KeySecret> keys) {
    this(filter, Keys.bearer(Keys.texts(keys)), () -> {});
  }

  /** Opens the subject that the results call so. */
  public static Subject open(String label, List<KeySecret> keys) {
    return switch (label) {
      case "bare" ->
          new Subject((request, response, chain) -> chain.doFilter(request, response), keys);
      case "limit" -> Baselines.limit(keys);
      case "by-hand" -> Baselines.byHand(keys);
      case "latchkey" -> Latchkey.open(keys);
      case "latchkey-limited" -> Latchkey.openLimited(keys);
      case "dropwizard" -> Dropwizard.open(keys);
      case "pac4j" -> Pac4j.open(keys);
      case "shiro" -> Shiro.open(keys);
      case "spring-opaque" -> Spring.opaque(keys);
      case "spring-jwt" -> Spring.jwt(keys);
      default -> throw new IllegalArgumentException("no subject is called " + label);
    };
  }
}
